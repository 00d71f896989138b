// A partner's own profile: what its people and NNIP staff may change of it.
import type { Request, RequestHandler } from 'express';
import type { PartnerEntry } from '../../directory/directory.ts';
import { notFound } from '../../errors.ts';
import { partnerPath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { editProfile } from '../../survey/edit-profile.ts';
import { viewerOf } from '../../web/access.ts';
import { sendPage } from '../../web/render.ts';
import { inOrderOf } from '../../web/word-choices.ts';
import { parseProfile, parseTyped, toTyped } from './profile-form.ts';
import { profilePage } from './profile-page.ts';

export function showProfile({ directory, config }: Services): RequestHandler {
  return (req, res) => {
    const partner = findPartner(directory.current().findPartner, req);
    const page = profilePage({
      partner,
      typed: toTyped(partner),
      errors: [],
      madeFrom: partner.updatedAt,
      isStaff: viewerOf(res)?.staff ?? false,
      usualReach: config.reachMiles,
      current: null,
    });
    sendPage(res, 'respond/profile', page);
  };
}

export function saveProfile(services: Services): RequestHandler {
  const { directory, config } = services;
  return async (req, res) => {
    const partner = findPartner(directory.current().findPartner, req);
    const viewer = viewerOf(res);
    const isStaff = viewer?.staff ?? false;
    const sent = parseTyped(req.body);
    // Contacts are where mail goes: a partner sees its own, staff change them.
    const typed = isStaff ? sent : { ...sent, contacts: toTyped(partner).contacts };
    const madeFrom = String(req.body?.updatedAt ?? '');
    const form = { partner, typed, isStaff, usualReach: config.reachMiles };
    const parsed = parseProfile(typed);
    if ('errors' in parsed) {
      const page = profilePage({ ...form, errors: parsed.errors, madeFrom, current: null });
      return sendPage(res, 'respond/profile', page, 422);
    }
    const { contacts, ...texts } = parsed.profile;
    const profile = {
      ...texts,
      topics: inOrderOf(partner.topics, texts.topics),
      offers: inOrderOf(partner.offers, texts.offers),
    };
    const change = isStaff ? { ...profile, contacts } : profile;
    const by = viewer?.id ?? null;
    const edited = await editProfile(services, { slug: partner.slug, change, madeFrom, by });
    if (edited.kind === 'missing') throw notFound('This partner is no longer in the directory.');
    if (edited.kind === 'conflict') {
      const { current } = edited;
      const page = profilePage({ ...form, errors: [], madeFrom: current.updatedAt, current });
      return sendPage(res, 'respond/profile', page, 409);
    }
    res.redirect(303, partnerPath(partner.slug));
  };
}

function findPartner(find: (slug: string) => PartnerEntry | undefined, req: Request): PartnerEntry {
  const partner = find(String(req.params['slug']));
  if (!partner) throw notFound('There is no NNIP partner at this address.');
  return partner;
}
