// Who may see which fields (section 4 of the design), decided once, before any format.
// Every page and every format of the API passes records through here or names its public fields itself.
import type { Group, Partner, Report } from './records.ts';

export type Viewer =
  | { readonly kind: 'public' }
  /** Signed in for these partners (slugs). */
  | { readonly kind: 'partner'; readonly partners: readonly string[] }
  /** Signed in for these groups (slugs). */
  | { readonly kind: 'organizer'; readonly groups: readonly string[] }
  | { readonly kind: 'staff' };

export const publicViewer: Viewer = { kind: 'public' };

/** Fails to compile where a field of the record is in neither list. */
type Undecided<Whole, Public, Private> = Exclude<keyof Whole, Public | Private>;
const everyFieldIsDecided = <_Left extends never>(): void => {};

export const privatePartnerFields = ['contacts'] as const satisfies readonly (keyof Partner)[];
export const publicPartnerFields = [
  'slug',
  'name',
  'hostInstitution',
  'city',
  'metro',
  'lat',
  'lng',
  'reachMiles',
  'website',
  'topics',
  'offers',
  'status',
  'since',
  'source',
  'createdAt',
  'updatedAt',
] as const satisfies readonly (keyof Partner)[];
type PrivatePartnerField = (typeof privatePartnerFields)[number];
type PublicPartnerField = (typeof publicPartnerFields)[number];
everyFieldIsDecided<Undecided<Partner, PublicPartnerField, PrivatePartnerField>>();

/** Addresses that lead elsewhere are nobody's secret, but no fact of the group either. */
export const privateGroupFields = [
  'contacts',
  'previousSlugs',
] as const satisfies readonly (keyof Group)[];
export const publicGroupFields = [
  'slug',
  'name',
  'kind',
  'city',
  'state',
  'country',
  'lat',
  'lng',
  'website',
  'eventsUrl',
  'codeUrl',
  'feedUrl',
  'topics',
  'needs',
  'previousNames',
  'tags',
  'founded',
  'listing',
  'signs',
  'closed',
  'source',
  'updatedAt',
] as const satisfies readonly (keyof Group)[];
type PrivateGroupField = (typeof privateGroupFields)[number];
type PublicGroupField = (typeof publicGroupFields)[number];
everyFieldIsDecided<Undecided<Group, PublicGroupField, PrivateGroupField>>();

/** "Barriers by partner", the internal note and who filed it. */
export const privateReportFields = [
  'barriers',
  'internalNote',
  'by',
] as const satisfies readonly (keyof Report)[];
export const publicReportFields = [
  'id',
  'partner',
  'level',
  'date',
  'groups',
  'wave',
  'origin',
  'collaboration',
  'gave',
  'wantsTies',
  'publicNote',
  'createdAt',
] as const satisfies readonly (keyof Report)[];
type PrivateReportField = (typeof privateReportFields)[number];
type PublicReportField = (typeof publicReportFields)[number];
everyFieldIsDecided<Undecided<Report, PublicReportField, PrivateReportField>>();

export type PublicPartner = Pick<Partner, PublicPartnerField>;
export type PublicGroup = Pick<Group, PublicGroupField>;
export type PublicReport = Pick<Report, PublicReportField>;
export type VisiblePartner = PublicPartner & Partial<Pick<Partner, PrivatePartnerField>>;
export type VisibleGroup = PublicGroup & Partial<Pick<Group, PrivateGroupField>>;
export type VisibleReport = PublicReport & Partial<Pick<Report, PrivateReportField>>;

function pick<Whole, Field extends keyof Whole>(
  whole: Whole,
  fields: readonly Field[],
): Pick<Whole, Field> {
  const part = {} as Pick<Whole, Field>;
  for (const field of fields) part[field] = whole[field];
  return part;
}

/** The record with its public fields alone; what an entry of the snapshot adds is left out too. */
export const toPublicPartner = (partner: Partner): PublicPartner =>
  pick(partner, publicPartnerFields);
export const toPublicGroup = (group: Group): PublicGroup => pick(group, publicGroupFields);
export const toPublicReport = (report: Report): PublicReport => pick(report, publicReportFields);

/** Whether a viewer sees a partner's private fields: "partners see their own, staff see all". */
export const seesPrivateOfPartner = (viewer: Viewer, slug: string): boolean =>
  viewer.kind === 'staff' || (viewer.kind === 'partner' && viewer.partners.includes(slug));

/** Whether a viewer sees a group's private fields: its organizers do, and staff. */
export const seesPrivateOfGroup = (viewer: Viewer, slug: string): boolean =>
  viewer.kind === 'staff' || (viewer.kind === 'organizer' && viewer.groups.includes(slug));

/** The partner as this viewer may see it. */
export const visiblePartner = (viewer: Viewer, partner: Partner): VisiblePartner =>
  seesPrivateOfPartner(viewer, partner.slug)
    ? { ...toPublicPartner(partner), ...pick(partner, privatePartnerFields) }
    : toPublicPartner(partner);

/** The group as this viewer may see it. */
export const visibleGroup = (viewer: Viewer, group: Group): VisibleGroup =>
  seesPrivateOfGroup(viewer, group.slug)
    ? { ...toPublicGroup(group), ...pick(group, privateGroupFields) }
    : toPublicGroup(group);

/** The report as this viewer may see it; the private part belongs to the partner that filed it. */
export const visibleReport = (viewer: Viewer, report: Report): VisibleReport =>
  seesPrivateOfPartner(viewer, report.partner)
    ? { ...toPublicReport(report), ...pick(report, privateReportFields) }
    : toPublicReport(report);
