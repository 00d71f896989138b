// What a try to hand over one mail can come to, in one type that every transport answers with.

export type Outcome =
  | { readonly kind: 'sent' }
  /** Surely not delivered; trying again later may help. */
  | { readonly kind: 'put-off'; readonly problem: string }
  /** The recipient was refused for good. */
  | { readonly kind: 'bounced'; readonly problem: string }
  /** It may have been delivered or not. */
  | { readonly kind: 'unsure'; readonly problem: string };

/** One mail ready to leave. */
export interface Letter {
  /** Bare addresses of the envelope. */
  readonly from: string;
  readonly to: string;
  /** The whole mail. */
  readonly raw: Buffer;
  /** What a file of it may be called. */
  readonly name: string;
  /** Ends the try early; what had not been handed over by then is put off. */
  readonly signal: AbortSignal;
}

/** Carries mails away. */
export interface Transport {
  /** Never throws: whatever happens is an outcome. */
  send(letter: Letter): Promise<Outcome>;
  /** Where mails go, for the log; holds no name or password. */
  readonly description: string;
}
