// What a try to hand over one mail can come to, in one type that every transport answers with.

export type Outcome =
  | { readonly kind: 'sent' }
  /** Surely not delivered; trying again later may help. */
  | { readonly kind: 'put-off'; readonly problem: string }
  /** The recipient was refused for good. */
  | { readonly kind: 'bounced'; readonly problem: string }
  /** It may have been delivered or not. */
  | { readonly kind: 'unsure'; readonly problem: string };

/** Carries one mail away. Never throws: whatever happens is an outcome. */
export interface Transport {
  /** `raw` is the whole mail; `name` says where a file of it may be kept. */
  send(letter: {
    readonly from: string;
    readonly to: string;
    readonly raw: Buffer;
    readonly name: string;
    /** Ends the try early; what had not been handed over by then is put off. */
    readonly signal: AbortSignal;
  }): Promise<Outcome>;
  /** Where mails go, for the log; holds no name or password. */
  readonly description: string;
}
