// The store's own command `crosswalkTogether`: several writing commands as one, of which nothing stays where one of them
// is refused, or does not find what it changes. MongoDB has transactions for it.
import { type Doc, isDoc } from '../bson/bson.ts';
import { badValue, Failure } from '../failure.ts';
import { type Command, checkOptions, flag, ok } from './command.ts';
import { insert, remove, update } from './write.ts';

const writing: Readonly<Record<string, Command>> = { insert, update, delete: remove };

export const together: Command = (call) => {
  checkOptions(call, ['writings']);
  const { writings } = call.body;
  if (!Array.isArray(writings) || !writings.every(isDoc)) {
    throw badValue('writings must be a list of writing commands');
  }
  return call.engine.write(() => {
    for (const body of writings) {
      const [name = ''] = Object.keys(body);
      const run = Object.hasOwn(writing, name) ? writing[name] : undefined;
      if (!run) throw badValue(`${name} is no writing command`);
      const { n, writeErrors } = run({ ...call, name, body, sequences: new Map() }).fields;
      refuseAll(writeErrors);
      if (Number(n) < mustFind(body))
        throw new Failure(112, `${name} did not find what it changes`);
    }
    return ok();
  });
};

/** How many documents at least; what is deleted without a limit may be none. */
function mustFind({ updates, deletes }: Doc): number {
  if (Array.isArray(updates)) return updates.length;
  if (!Array.isArray(deletes)) return 0;
  return deletes.filter((statement) => isDoc(statement) && flag(statement['limit'])).length;
}

/** One statement that failed undoes the rest. */
function refuseAll(errors: unknown): void {
  const [first] = Array.isArray(errors) ? errors : [];
  if (!first) return;
  const { index: _, code, errmsg, ...details } = first;
  throw new Failure(code, errmsg, details);
}
