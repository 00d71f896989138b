// What is kept of people: the page that says so, and seeing, correcting and erasing one's own, with an account or
// with a mailed link. A link opens a page; what changes something is the button on it.
import { type RequestHandler, type Response, Router } from 'express';
import { dataLinkHours } from '../../domain/keeping.ts';
import { conflict } from '../../errors.ts';
import { confirmAddressPath, paths, withQuery } from '../../paths.ts';
import {
  confirmAddress,
  mailAddressLink,
  mailDataLink,
  openAddressLink,
} from '../../people/address-links.ts';
import { erasePerson } from '../../people/erase-person.ts';
import { readKeptData } from '../../people/kept-data.ts';
import type { Services } from '../../services.ts';
import { findPerson, renamePerson } from '../../store/people.ts';
import { anyone, type SignedIn, signedIn, staffOnly, viewerOf } from '../../web/access.ts';
import { formBody } from '../../web/form-body.ts';
import type { FieldError } from '../../web/form-fields.ts';
import { formWriter } from '../../web/form-writer.ts';
import { keepAddressPrivate } from '../../web/private-address.ts';
import { limitRequests } from '../../web/rate-limit.ts';
import { sendPage } from '../../web/render.ts';
import {
  askedPage,
  askPage,
  confirmAddressPage,
  type DataPageOf,
  dataPage,
  erasedPage,
  erasePage,
  gonePage,
  staffErasePage,
  takenPage,
} from './data-page.ts';
import { addressError, nameErrors, parsePrivacyForm, toAddress } from './form.ts';
import { privacyPage } from './privacy-page.ts';

const form = formBody('8kb');
const hour = 3_600_000;
const onlyStaff =
  'Nobody else is NNIP staff: the last one has to stay. Make somebody else staff first.';

export function privacyRoutes(services: Services): Router {
  const router = Router();
  const { backupKeepDays } = services.config;
  const perSender = limitRequests({ max: 20, windowMs: hour });
  const perAddress = limitRequests({
    max: 3,
    windowMs: hour,
    keyOf: (req) => toAddress(parsePrivacyForm(req.body).address),
  });
  const perPerson = limitRequests({
    max: 5,
    windowMs: hour,
    keyOf: (req) => (req.res && viewerOf(req.res)?.id) ?? null,
  });
  // Each reads the whole log: whoever has the link has no need of more.
  const perLink = limitRequests({ max: 100, windowMs: hour });
  const showErased: RequestHandler = (_req, res) =>
    sendPage(res, 'privacy/notice', erasedPage(backupKeepDays));

  router.get(paths.privacy, anyone, (_req, res) =>
    sendPage(res, 'privacy/privacy', privacyPage(backupKeepDays)),
  );
  router.get(paths.erased, anyone, showErased);
  router.get(paths.askForData, anyone, (_req, res) =>
    sendPage(res, 'privacy/ask', askPage('', [], dataLinkHours)),
  );
  router.post(paths.askForData, anyone, form, perSender, perAddress, askForData(services));
  router.get(paths.myData, anyone, perLink, showMine(services));
  router.get(paths.myDataFile, anyone, perLink, sendMine(services));
  router.get(paths.eraseMine, anyone, perLink, showEraseMine(services));
  router.post(paths.eraseMine, anyone, perLink, form, eraseMine(services));

  router.get(paths.accountData, signedIn, showOwn(services));
  router.post(paths.accountData, signedIn, form, rename(services));
  router.get(paths.accountDataFile, signedIn, sendOwn(services));
  router.post(paths.accountAddress, signedIn, form, perPerson, askForAddress(services));
  router.get(paths.confirmAddress, anyone, perLink, showConfirm(services));
  router.post(paths.confirmAddress, anyone, perLink, confirm(services));
  router.get(paths.eraseAccount, signedIn, showEraseOwn);
  router.post(paths.eraseAccount, signedIn, form, eraseOwn(services));

  router.get(paths.staff.erasePerson, staffOnly, showStaffErase(services));
  router.post(paths.staff.erasePerson, staffOnly, form, staffErase(services));
  return router;
}

/** Says the same, and as quickly, whatever is kept of the address. */
function askForData(services: Services): RequestHandler {
  return (req, res) => {
    const typed = parsePrivacyForm(req.body).address;
    const address = toAddress(typed);
    if (address === null) {
      const page = askPage(typed.slice(0, 254), [addressError('address')], dataLinkHours);
      return sendPage(res, 'privacy/ask', page, 422);
    }
    mailDataLink(services, address).catch((error: unknown) => {
      services.log.error({ err: error, reference: req.id }, 'a link to data could not be made');
    });
    sendPage(res, 'privacy/notice', askedPage(dataLinkHours), 202);
  };
}

const sendGone = (res: Response): void => sendPage(res, 'privacy/notice', gonePage(), 404);

/** The address that the link of this request proves; undefined, and answered, where it does not work. */
const linkedAddress = async (
  services: Services,
  req: Parameters<RequestHandler>[0],
  res: Response,
): Promise<{ readonly address: string; readonly token: string } | undefined> => {
  keepAddressPrivate(res);
  const token = String(req.params['token']);
  const link = await openAddressLink(services, 'see', token);
  if (!link) sendGone(res);
  return link && { address: link.address, token };
};

async function sendData(
  services: Services,
  res: Response,
  address: string,
  of: DataPageOf,
): Promise<void> {
  const data = await readKeptData(services, address);
  const page = dataPage(services.directory.current(), data, of);
  sendPage(res, 'privacy/data', page, of.errors && of.errors.length > 0 ? 422 : 200);
}

async function sendFile(services: Services, res: Response, address: string): Promise<void> {
  const data = await readKeptData(services, address);
  res
    .set('cache-control', 'private, no-store')
    .set('content-disposition', 'attachment; filename="crosswalk-personal-data.json"')
    .type('json')
    .send(JSON.stringify(data, null, 2));
}

const showMine =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const link = await linkedAddress(services, req, res);
    if (link) await sendData(services, res, link.address, { token: link.token });
  };

const sendMine =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const link = await linkedAddress(services, req, res);
    if (link) await sendFile(services, res, link.address);
  };

const showEraseMine =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const link = await linkedAddress(services, req, res);
    if (link) sendPage(res, 'privacy/button', erasePage(link.address, link.token, true));
  };

const notSure: FieldError = { field: 'erase', message: 'Press the button to erase everything' };

async function erase(services: Services, res: Response, address: string): Promise<void> {
  const outcome = await erasePerson(services, address, formWriter(services, res));
  if (outcome.kind === 'last-staff') throw conflict(onlyStaff);
  await services.directory.refresh();
}

function eraseMine(services: Services): RequestHandler {
  return async (req, res) => {
    const link = await linkedAddress(services, req, res);
    if (!link) return;
    if (!parsePrivacyForm(req.body).sure) {
      return sendPage(
        res,
        'privacy/button',
        erasePage(link.address, link.token, true, [notSure]),
        422,
      );
    }
    await erase(services, res, link.address);
    res.redirect(303, paths.erased);
  };
}

const notices: Readonly<Record<string, string>> = {
  name: 'Your name is saved.',
  mailed:
    'A mail with a link is on its way to the new address. The address changes when the button there is pressed.',
  moved: 'Your address is changed.',
};

function showOwn(services: Services): RequestHandler {
  return async (req, res) => {
    const done = String(req.query['done'] ?? '');
    const notice = Object.hasOwn(notices, done) ? (notices[done] ?? '') : '';
    await sendData(services, res, (viewerOf(res) as SignedIn).address, { token: null, notice });
  };
}

const sendOwn =
  (services: Services): RequestHandler =>
  (_req, res) =>
    sendFile(services, res, (viewerOf(res) as SignedIn).address);

function rename(services: Services): RequestHandler {
  return async (req, res) => {
    const viewer = viewerOf(res) as SignedIn;
    const { name } = parsePrivacyForm(req.body);
    const errors = nameErrors(name);
    if (errors.length > 0) {
      return sendData(services, res, viewer.address, { token: null, errors, typed: { name } });
    }
    await renamePerson(services.store, viewer.id, name, services.clock());
    res.redirect(303, withQuery(paths.accountData, { done: 'name' }));
  };
}

function askForAddress(services: Services): RequestHandler {
  return async (req, res) => {
    const viewer = viewerOf(res) as SignedIn;
    const { newAddress } = parsePrivacyForm(req.body);
    const address = toAddress(newAddress);
    if (address === null) {
      const errors = [addressError('newAddress')];
      const typed = { newAddress: newAddress.slice(0, 254) };
      return sendData(services, res, viewer.address, { token: null, errors, typed });
    }
    await mailAddressLink(services, viewer.id, address);
    res.redirect(303, withQuery(paths.accountData, { done: 'mailed' }));
  };
}

function showConfirm(services: Services): RequestHandler {
  return async (req, res) => {
    keepAddressPrivate(res);
    const token = String(req.params['token']);
    const link = await openAddressLink(services, 'change', token);
    if (!link) return sendGone(res);
    const page = confirmAddressPage(link.address, confirmAddressPath(token));
    sendPage(res, 'privacy/button', page);
  };
}

function confirm(services: Services): RequestHandler {
  return async (req, res) => {
    keepAddressPrivate(res);
    const outcome = await confirmAddress(services, req.params['token']);
    if (outcome === 'gone') return sendGone(res);
    if (outcome === 'taken') return sendPage(res, 'privacy/notice', takenPage(), 409);
    res.redirect(303, withQuery(paths.accountData, { done: 'moved' }));
  };
}

const showEraseOwn: RequestHandler = (_req, res) =>
  sendPage(res, 'privacy/button', erasePage((viewerOf(res) as SignedIn).address, null, true));

function eraseOwn(services: Services): RequestHandler {
  return async (req, res) => {
    const { address } = viewerOf(res) as SignedIn;
    if (!parsePrivacyForm(req.body).sure) {
      return sendPage(res, 'privacy/button', erasePage(address, null, true, [notSure]), 422);
    }
    await erase(services, res, address);
    const cookies = await services.signIn.signOut(req.headers.cookie ?? '');
    for (const cookie of cookies) res.append('set-cookie', cookie);
    res.redirect(303, paths.erased);
  };
}

/** Filled in for a person of the list: an address has no place in the address of a page. */
function showStaffErase({ store }: Services): RequestHandler {
  return async (req, res) => {
    const person = await findPerson(store, String(req.query['person'] ?? ''));
    const page = staffErasePage(person?.address ?? '', [], req.query['done'] === 'yes');
    sendPage(res, 'privacy/staff-erase', page);
  };
}

function staffErase(services: Services): RequestHandler {
  return async (req, res) => {
    const typed = parsePrivacyForm(req.body);
    const address = toAddress(typed.address);
    const errors = [
      ...(address === null ? [addressError('address')] : []),
      ...(typed.sure
        ? []
        : [{ field: 'sure', message: 'Tick that this is what the person wants' }]),
    ];
    if (address === null || errors.length > 0) {
      const page = staffErasePage(typed.address.slice(0, 254), errors, false);
      return sendPage(res, 'privacy/staff-erase', page, 422);
    }
    await erase(services, res, address);
    const isSelf = viewerOf(res)?.address === address;
    res.redirect(303, isSelf ? paths.erased : withQuery(paths.staff.erasePerson, { done: 'yes' }));
  };
}
