// Inviting, changing and removing people. Staff only; every step is in the change log by identifier alone.
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { conflict, notFound } from '../../errors.ts';
import { paths, withQuery } from '../../paths.ts';
import {
  changePerson,
  invitePerson,
  type KeepOutcome,
  mailWelcome,
  markOf,
  takeOutPerson,
} from '../../people/keep-people.ts';
import type { Services } from '../../services.ts';
import { findPerson, type Person, readPeople } from '../../store/people.ts';
import { staffOnly, viewerOf } from '../../web/access.ts';
import { formBody } from '../../web/form-body.ts';
import type { FieldError } from '../../web/form-fields.ts';
import { formWriter } from '../../web/form-writer.ts';
import { sendPage } from '../../web/render.ts';
import { peoplePage, personPage, removePersonPage } from './people-page.ts';
import {
  emptyPersonForm,
  isSearch,
  parsePersonForm,
  toInvitation,
  toPersonForm,
  toRoles,
} from './person-form.ts';

const form = formBody('64kb');
const searched = 'The lists below show what you searched for. Nothing is saved yet.';
const onlyStaff =
  'Nobody else is NNIP staff: the last one has to stay. Make somebody else staff first.';

export function peopleRoutes(services: Services): Router {
  const router = Router();
  const { staff } = paths;

  router.get(staff.people, staffOnly, showPeople(services));
  router.get(staff.newPerson, staffOnly, (_req, res) => {
    const page = personPage(services.directory.current(), null, emptyPersonForm);
    sendPage(res, 'staff-records/person', page);
  });
  router.post(staff.newPerson, staffOnly, form, invite(services));
  router.get(staff.person, staffOnly, showPerson(services));
  router.post(staff.person, staffOnly, form, change(services));
  router.post(staff.invitePerson, staffOnly, inviteAgain(services));
  router.get(staff.removePerson, staffOnly, showRemoval(services));
  router.post(staff.removePerson, staffOnly, form, remove(services));
  return router;
}

const done = (what: string): string => withQuery(paths.staff.people, { done: what });

const isSelf = (res: Response, { id }: Person): boolean => viewerOf(res)?.id === id;

async function personOf({ store }: Services, req: Request): Promise<Person> {
  const person = await findPerson(store, String(req.params['id']));
  if (!person) throw gone();
  return person;
}

const gone = () => notFound('Nobody has this identifier. The person may have been removed.');

function showPeople({ directory, store }: Services): RequestHandler {
  return async (req, res) => {
    const people = await readPeople(store);
    sendPage(res, 'staff-records/people', peoplePage(directory.current(), people, req.query));
  };
}

function showPerson(services: Services): RequestHandler {
  return async (req, res) => {
    const person = await personOf(services, req);
    const page = personPage(services.directory.current(), person, toPersonForm(person), {
      isSelf: isSelf(res, person),
    });
    sendPage(res, 'staff-records/person', page);
  };
}

function invite(services: Services): RequestHandler {
  return async (req, res) => {
    const now = services.directory.current();
    const typed = parsePersonForm(req.body);
    if (isSearch(typed)) {
      const page = personPage(now, null, typed, { notice: searched });
      return sendPage(res, 'staff-records/person', page);
    }
    const parsed = toInvitation(now, typed);
    if (parsed.errors) {
      const page = personPage(now, null, typed, { errors: parsed.errors });
      return sendPage(res, 'staff-records/person', page, 422);
    }
    const writer = formWriter(services, res);
    const { person, isNew } = await invitePerson(services.store, parsed.invited, writer);
    await mailWelcome(services, person, writer);
    res.redirect(303, done(isNew ? 'invited' : 'added'));
  };
}

function inviteAgain(services: Services): RequestHandler {
  return async (req, res) => {
    const person = await personOf(services, req);
    await mailWelcome(services, person, formWriter(services, res));
    res.redirect(303, done('invited'));
  };
}

function change(services: Services): RequestHandler {
  return async (req, res) => {
    const now = services.directory.current();
    const person = await personOf(services, req);
    const self = isSelf(res, person);
    const typed = { ...parsePersonForm(req.body), address: person.address, name: person.name };
    if (isSearch(typed)) {
      const page = personPage(now, person, typed, { isSelf: self, notice: searched });
      return sendPage(res, 'staff-records/person', page);
    }
    const refuse = (errors: readonly FieldError[]): void =>
      sendPage(
        res,
        'staff-records/person',
        personPage(now, person, typed, { isSelf: self, errors }),
        422,
      );
    const parsed = toRoles(now, typed, person, self);
    if (parsed.errors) return refuse(parsed.errors);
    const writer = formWriter(services, res);
    const outcome = await changePerson(services.store, person.id, parsed.roles, typed.seen, writer);
    if (outcome.kind === 'last-staff') return refuse([{ field: 'staff', message: onlyStaff }]);
    if (outcome.kind === 'conflict') {
      const page = personPage(
        now,
        outcome.now,
        { ...typed, seen: markOf(outcome.now) },
        {
          isSelf: self,
          notice:
            'Somebody changed these roles while you were choosing, so nothing was saved. Your choices are kept below. Saving again puts yours in their place.',
        },
      );
      return sendPage(res, 'staff-records/person', page, 409);
    }
    if (outcome.kind === 'gone') throw gone();
    res.redirect(303, self && !outcome.person.staff ? paths.account : done('changed'));
  };
}

function showRemoval(services: Services): RequestHandler {
  return async (req, res) => {
    const person = await personOf(services, req);
    sendPage(res, 'staff-records/remove-person', removePersonPage(person, isSelf(res, person)));
  };
}

function remove(services: Services): RequestHandler {
  return async (req, res) => {
    const person = await personOf(services, req);
    const self = isSelf(res, person);
    if (self && !parsePersonForm(req.body).sure) {
      const message = 'This is you: tick that you know you cannot sign in any more';
      const page = removePersonPage(person, self, [{ field: 'sure', message }]);
      return sendPage(res, 'staff-records/remove-person', page, 422);
    }
    const outcome = await takeOutPerson(services.store, person.id, formWriter(services, res));
    refuseLast(outcome);
    res.redirect(303, self ? paths.home : done('removed'));
  };
}

function refuseLast({ kind }: KeepOutcome): void {
  if (kind === 'last-staff') throw conflict(onlyStaff);
  if (kind === 'gone') throw gone();
}
