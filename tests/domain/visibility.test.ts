// Which fields visitors, partners, organizers and staff see; a field that nobody has decided on stays out.
// That the public API keeps to it is in api/privacy.test.ts.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Viewer,
  visibleGroup,
  visiblePartner,
  visibleReport,
} from '../../server/domain/visibility.ts';
import { aGroup, aPartner, aReport } from '../support/builders.ts';

const secret = 'mine@private.example';
const partner = aPartner({ contacts: [secret] });
const group = aGroup({ contacts: [secret] });
const report = aReport({
  partner: partner.slug,
  barriers: ['no-leadership'],
  internalNote: `ask ${secret}`,
  by: secret,
});
const seen = (viewer: Viewer) => ({
  partner: visiblePartner(viewer, partner),
  group: visibleGroup(viewer, group),
  report: visibleReport(viewer, report),
});

const own: Viewer = { kind: 'partner', partners: [partner.slug] };
const otherPartner: Viewer = { kind: 'partner', partners: ['another'] };
const organizer: Viewer = { kind: 'organizer', groups: [group.slug] };
const staff: Viewer = { kind: 'staff' };

describe('what visitors may see', () => {
  it.each([
    ['the public', { kind: 'public' } as Viewer],
    ['another partner', otherPartner],
    ['an organizer of another group', { kind: 'organizer', groups: ['another'] } as Viewer],
  ])('%s sees no contact address, internal note, barrier or who filed', (_name, viewer) => {
    const text = JSON.stringify(seen(viewer));

    expect(text).not.toContain(secret);
    expect(text).not.toContain('no-leadership');
  });

  it('partners see their own', () => {
    expect(seen(own).partner).toEqual(partner);
    expect(seen(own).report).toEqual(report);
    expect(JSON.stringify(seen(own).group)).not.toContain(secret);
  });

  it('organizers see their own group', () => {
    expect(seen(organizer).group).toEqual(group);
    expect(JSON.stringify([seen(organizer).partner, seen(organizer).report])).not.toContain(secret);
  });

  it('staff see all', () => {
    expect(seen(staff)).toEqual({ partner, group, report });
  });

  it('a field that nobody has decided on stays out', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (field) => {
        const name = `planted ${field}`;
        const planted = { [name]: secret };
        const views = [
          visiblePartner(own, { ...partner, ...planted, contacts: [] }),
          visibleGroup(staff, { ...group, ...planted }),
          visibleReport(otherPartner, { ...report, ...planted }),
        ];

        for (const view of views) expect(Object.keys(view)).not.toContain(name);
      }),
    );
  });
});
