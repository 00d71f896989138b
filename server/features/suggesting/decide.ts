// Staff decide a suggestion: the form is read, then the decision is made; what stands in the way is shown on the same
// page with everything kept.
import type { RequestHandler, Response } from 'express';
import type { Directory } from '../../directory/directory.ts';
import { doublesOfGroup } from '../../directory/doubles-of-group.ts';
import { findDoubles } from '../../domain/doubles.ts';
import { diffOf, fieldsOf, type SuggestedField } from '../../domain/suggested.ts';
import { notFound } from '../../errors.ts';
import { staffSuggestionPath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { findPerson } from '../../store/people.ts';
import { findSuggestion, type Suggestion } from '../../store/suggestions.ts';
import {
  acceptSuggestion,
  type DecisionOutcome,
  declineSuggestion,
} from '../../suggestions/decide.ts';
import { type FieldsRead, readFields } from '../../suggestions/read-fields.ts';
import { findSubject } from '../../suggestions/subject.ts';
import { readPoint } from '../../suggestions/texts.ts';
import { type SignedIn, viewerOf } from '../../web/access.ts';
import { cityLabel } from '../../web/format.ts';
import { sendPage } from '../../web/render.ts';
import { type DecisionForm, parseDecisionForm } from './decision-form.ts';
import { fieldName } from './field-words.ts';
import type { FormError } from './inputs.ts';
import { isFixed, proposedTexts } from './staff-changes.ts';
import { type StaffState, staffSuggestionPage } from './staff-page.ts';

/** @throws Problem (not found) */
async function suggestionOf({ store }: Services, id: unknown): Promise<Suggestion> {
  const suggestion = await findSuggestion(store, String(id ?? ''));
  if (!suggestion) throw notFound('There is no such suggestion.');
  return suggestion;
}

type Shown = Partial<Pick<StaffState, 'sent' | 'errors' | 'choices' | 'notice'>>;

async function send(
  services: Services,
  res: Response,
  suggestion: Suggestion,
  shown: Shown,
  status: number,
): Promise<void> {
  const directory = services.directory.current();
  const by = suggestion.decision?.by;
  const person = by === undefined ? undefined : await findPerson(services.store, by);
  const page = staffSuggestionPage(directory, {
    suggestion,
    ...{ sent: null, errors: [], choices: [], notice: '' },
    ...shown,
    decidedBy: person ? person.name || person.address : 'somebody who has left',
    ...doublesOf(directory, suggestion),
  });
  sendPage(res, 'suggesting/staff-suggestion', page, status);
}

/** Of a group of ours the records that may be the same one; of a proposed one those that it may be. */
function doublesOf(
  directory: Directory,
  suggestion: Suggestion,
): Pick<StaffState, 'doubles' | 'group'> {
  const ours = suggestion.about ?? suggestion.decision?.record;
  const group = ours?.record === 'group' ? directory.findGroup(ours.slug) : undefined;
  if (group) return { group, doubles: doublesOfGroup(directory, group) };
  const isProposed = !suggestion.about && suggestion.state === 'new';
  return { group: null, doubles: isProposed ? doublesOfProposed(directory, suggestion) : [] };
}

function doublesOfProposed(directory: Directory, suggestion: Suggestion) {
  const texts = proposedTexts(directory, suggestion);
  const { website = '', eventsUrl = '', codeUrl = '', place, name = '' } = texts;
  const city = directory.groups.find(
    (group) => group.cityEntry && place === cityLabel(group.cityEntry),
  );
  return findDoubles(
    {
      name,
      point: readPoint(texts.point ?? '') ?? null,
      city: suggestion.city ?? city?.city ?? null,
      addresses: [website, eventsUrl, codeUrl],
    },
    directory.groups,
  );
}

export const showSuggestion =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const suggestion = await suggestionOf(services, req.params['suggestion']);
    await send(services, res, suggestion, {}, 200);
  };

export const decideSuggestionForm =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const suggestion = await suggestionOf(services, req.params['suggestion']);
    const sent = parseDecisionForm(req.body);
    const { id } = viewerOf(res) as SignedIn;
    const told = { id: suggestion.id, by: id, word: sent.word };
    if (sent.decision === 'decline') {
      return answer(services, res, suggestion, sent, await declineSuggestion(services, told));
    }
    if (suggestion.state !== 'new') {
      return answer(services, res, suggestion, sent, { kind: 'decided-before' });
    }
    const directory = services.directory.current();
    const offered = fieldsOf(suggestion.about?.record ?? null);
    const taken = offered.filter(
      (field) =>
        isFixed(suggestion, field) ||
        sent.taken.includes(field) ||
        isWrittenAnew(directory, suggestion, sent, field),
    );
    const read = readFields(services.places, {
      ...{ fields: taken, typed: sent.typed, choice: sent.choice, today: directory.today },
      shown: shownTexts(directory, suggestion, sent),
    });
    const errors = errorsIn(read, taken, offered);
    if (errors.length > 0) {
      return send(services, res, suggestion, { sent, errors, choices: read.choices }, 422);
    }
    const { mark, isChecked } = sent;
    const { texts, city } = read;
    const outcome = await acceptSuggestion(services, {
      ...told,
      taken,
      texts,
      city,
      mark,
      isChecked,
    });
    return answer(services, res, suggestion, sent, outcome);
  };

/** A field whose box was empty when the page was made, and in which staff wrote: they mean it to be taken. */
function isWrittenAnew(
  directory: Directory,
  suggestion: Suggestion,
  { typed }: DecisionForm,
  field: SuggestedField,
): boolean {
  const { about, seen } = suggestion;
  const proposed = proposedTexts(directory, suggestion);
  const current = (about && findSubject(directory, about)?.texts) ?? {};
  const wasTicked = about
    ? diffOf(current, { seen, proposed }).some((change) => change.field === field)
    : (proposed[field] ?? '') !== '';
  const text = typed[field];
  return !wasTicked && text !== undefined && text.trim() !== (current[field] ?? '');
}

/** Where staff wrote another place and left the point that came with the first, the point follows the place. */
function shownTexts(directory: Directory, suggestion: Suggestion, { typed }: DecisionForm) {
  const { about } = suggestion;
  const current = (about && findSubject(directory, about)?.texts) ?? {};
  const proposed = proposedTexts(directory, suggestion);
  const isMoved = typed.place !== proposed.place;
  return isMoved && proposed.point !== undefined ? { ...current, point: proposed.point } : current;
}

function errorsIn(
  read: FieldsRead,
  taken: readonly SuggestedField[],
  offered: readonly SuggestedField[],
): FormError[] {
  const [first] = offered;
  const nothing =
    taken.length === 0 && first
      ? [{ field: `take-${first}`, message: 'Take one field at least, or decline the suggestion' }]
      : [];
  const problems = read.problems.map(({ field, message }) => ({
    field,
    message: `${fieldName(field)}: ${message}`,
  }));
  return [...nothing, ...problems];
}

async function answer(
  services: Services,
  res: Response,
  { id }: Suggestion,
  sent: DecisionForm,
  outcome: DecisionOutcome,
): Promise<void> {
  if (outcome.kind === 'accepted' || outcome.kind === 'declined') {
    return res.redirect(303, staffSuggestionPath(id));
  }
  const suggestion = await suggestionOf(services, id);
  const notices = {
    'decided-before':
      'Somebody else decided this a moment before you. Nothing of yours was written; below is what they decided.',
    'changed-meanwhile':
      'The record was changed while this page was open, so nothing was written. Below is what it says now; what you wrote is kept.',
    gone: 'The record that it is about is not in the directory any more. Nothing was written.',
  };
  const isInHand = outcome.kind === 'decided-before' && suggestion.state === 'new';
  const notice = isInHand
    ? 'Somebody else is deciding this at this moment. Nothing of yours was written; try again in a minute.'
    : notices[outcome.kind];
  await send(services, res, suggestion, { sent, notice }, 409);
}
