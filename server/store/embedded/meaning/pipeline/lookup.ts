// The $lookup stage: by two fields, by a pipeline with variables, or both.

import { holdUpTo, mostHeldBytes, sizeOf } from '../../bounds.ts';
import { type Doc, isDoc, setField } from '../../bson/bson.ts';
import { Failure, unsupported } from '../../failure.ts';
import { compileExpression, toPlain, type Variables } from '../expression.ts';
import { emptyArray, valuesAt } from '../paths.ts';
import { setComputed } from '../projection.ts';
import { isRegex } from '../regex.ts';
import type { Stage, StageContext } from './stages.ts';

type CompileStages = (pipeline: readonly unknown[], context: StageContext) => Stage;

const known = new Set('from localField foreignField as let pipeline'.split(' '));

interface Lookup {
  readonly from: string;
  readonly as: string;
  readonly localField: string | undefined;
  readonly foreignField: string | undefined;
  readonly variables: readonly [string, unknown][];
  readonly pipeline: readonly unknown[] | undefined;
}

function parse(argument: unknown): Lookup {
  if (!isDoc(argument)) throw new Failure(9, 'the $lookup specification must be an object');
  const strange = Object.keys(argument).find((name) => !known.has(name));
  if (strange) throw new Failure(9, `unknown argument to $lookup: ${strange}`);
  const { from, as, localField, foreignField, pipeline } = argument;
  if (isDoc(from)) throw unsupported('$lookup in another database');
  if (typeof from !== 'string' || typeof as !== 'string') {
    throw new Failure(9, "$lookup needs 'from' and 'as' to be strings");
  }
  const byFields = typeof localField === 'string' && typeof foreignField === 'string';
  if (!byFields && (localField !== undefined || foreignField !== undefined || !pipeline)) {
    throw new Failure(
      9,
      "$lookup requires both or neither of 'localField' and 'foreignField', or a pipeline",
    );
  }
  return {
    from,
    as,
    localField: byFields ? localField : undefined,
    foreignField: byFields ? foreignField : undefined,
    variables: isDoc(argument['let']) ? Object.entries(argument['let']) : [],
    pipeline: Array.isArray(pipeline) ? pipeline : undefined,
  };
}

const tooLarge = (from: string): Failure =>
  new Failure(
    4568,
    `Total size of documents in ${from} matching pipeline's $lookup stage exceeds ${mostHeldBytes} bytes`,
  );

/** What the foreign field must equal: any of the local values, missing counting as null. */
function wanted(doc: Doc, localField: string, foreignField: string): Doc {
  const values = valuesAt(doc, localField.split('.'))
    .filter((value) => value !== emptyArray)
    .map((value) => value ?? null);
  if (values.some(isRegex)) throw unsupported('$lookup by regular expressions');
  return { [foreignField]: { $in: values } };
}

/** @throws Failure where the arguments do not fit together. */
export function compileLookup(
  argument: unknown,
  context: StageContext,
  compileStages: CompileStages,
): Stage {
  const lookup = parse(argument);
  const { localField, foreignField, pipeline, as } = lookup;
  const { source } = context;
  if (!source) throw unsupported('$lookup here');
  const variables = lookup.variables.map(
    ([name, expression]) => [name, compileExpression(expression, context.variables)] as const,
  );
  // Compiled once with the names, so that a mistake shows even where there are no documents.
  if (pipeline)
    compileStages(pipeline, {
      ...context,
      variables: Object.fromEntries(variables.map(([name]) => [name, null])),
    });

  return function* join(docs) {
    for (const doc of docs) {
      const filter = localField && foreignField ? wanted(doc, localField, foreignField) : {};
      let found = source(lookup.from, filter);
      if (pipeline) {
        const plain = toPlain(doc);
        const given: Variables = {
          ...context.variables,
          ...Object.fromEntries(variables.map(([name, evaluate]) => [name, evaluate(plain)])),
        };
        found = compileStages(pipeline, { ...context, variables: given })(found);
      }
      const hold = holdUpTo(mostHeldBytes, () => tooLarge(lookup.from));
      const joined: Doc[] = [];
      for (const one of found) {
        hold(sizeOf(one));
        joined.push(one);
      }
      const result = { ...doc };
      if (as.includes('.')) setComputed(result, as.split('.'), joined);
      else setField(result, as, joined);
      yield result;
    }
  };
}
