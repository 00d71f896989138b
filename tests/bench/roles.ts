// Starts the bench's own program once more, as the floor or as the measured Crosswalk, and talks to it.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

export interface Role<Ready> {
  /** What it said once it could be asked. */
  readonly ready: Ready;
  /** One question at a time. */
  ask<Answer>(question: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

/** @throws where it ends before it is ready, or before it answers */
export async function startRole<Ready>(
  role: 'floor' | 'host',
  options: { readonly execArgv?: string[]; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Role<Ready>> {
  const child: ChildProcess = fork(process.argv[1] ?? '', [role], options);
  const next = async <Message>(): Promise<Message> => {
    const early = new AbortController();
    const ended = once(child, 'exit', { signal: early.signal }).then(([code]) => {
      throw new Error(`The ${role} of the bench ended with ${code}.`);
    });
    try {
      const [message] = await Promise.race([once(child, 'message'), ended]);
      return message as Message;
    } finally {
      ended.catch(() => undefined);
      early.abort();
    }
  };
  const ready = await next<Ready>();
  return {
    ready,
    ask<Answer>(question: unknown) {
      child.send(question as string);
      return next<Answer>();
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
