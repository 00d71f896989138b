// `/api/v1/near` before the pipeline: the same operation, asked without Express; see web/quick-answers.ts.
import type { Services } from '../../services.ts';
import type { QuickRoute } from '../../web/quick-answers.ts';
import { type Delivery, toSharedAnswer } from '../../web/render.ts';
import { nearOperation } from './near.ts';
import { toRawQuery } from './query.ts';
import { headersOf } from './send-answer.ts';

export function nearQuickly(
  { config: { publicUrl }, directory: current, places }: Services,
  { version }: Pick<Delivery, 'version'>,
): QuickRoute {
  const operation = nearOperation(publicUrl);
  return {
    path: operation.path,
    answer(address) {
      const directory = current.current();
      const raw = toRawQuery(new URLSearchParams(address.slice(operation.path.length)));
      const answer = operation.answer({ directory, places, publicUrl, address, raw, slug: '' });
      if (answer.status !== 200) return undefined;
      const headers = headersOf(directory, answer);
      return toSharedAnswer(directory, version, { type: answer.type, body: answer.body, headers });
    },
  };
}
