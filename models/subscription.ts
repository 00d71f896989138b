// A subscription: an address that is told when a group starts or wakes up near a place. Erased when it is stopped.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { newsKinds, subscriptionStates } from '../server/domain/subscription.ts';

const placeSchema = new Schema(
  {
    /** As the gazetteer has it, never as typed. */
    name: { type: String, required: true },
    /** ISO 3166-1 alpha-2; '' where it is not known. */
    country: { type: String, default: '' },
    /** Rounded to about a kilometre. */
    lat: { type: Number, required: true },
    lng: { type: Number, required: true },
  },
  { _id: false, strict: 'throw' },
);

const knownSchema = new Schema(
  {
    slug: { type: String, required: true },
    isLive: { type: Boolean, required: true },
    told: { type: String, default: null },
  },
  { _id: false, strict: 'throw' },
);

const newsSchema = new Schema(
  {
    slug: { type: String, required: true },
    kind: { type: String, enum: newsKinds, required: true },
  },
  { _id: false, strict: 'throw' },
);

const pendingSchema = new Schema(
  {
    /** Counts the mails of this subscription from 1. */
    number: { type: Number, required: true },
    news: { type: [newsSchema], required: true },
  },
  { _id: false, strict: 'throw' },
);

const subscriptionSchema = new Schema(
  {
    /** Random; the token of the mail that asks to confirm follows from it. */
    key: { type: String, required: true },
    state: { type: String, enum: subscriptionStates, required: true },
    /** Private. In lower case. */
    address: { type: String, required: true },
    placeKey: { type: String, required: true },
    place: { type: placeSchema, required: true },
    miles: { type: Number, required: true },
    confirmHash: { type: String, required: true },
    stopHash: { type: String, required: true },
    askedAt: { type: Date, required: true },
    /** The groups within the distance as they were when it was last looked. */
    known: { type: [knownSchema], required: true },
    /** Mails of news so far. */
    mails: { type: Number, default: 0 },
    /** The day of the newest one. */
    lastMailOn: { type: String, default: null },
    /** News that is on its way into the outbox; null where none is. */
    pending: { type: pendingSchema, default: null },
  },
  { collection: 'subscriptions', strict: 'throw', timestamps: true, versionKey: false },
);

// Which one is meant? And: no two have the same key.
subscriptionSchema.index({ key: 1 }, { unique: true });
// Is this address told of this place, or waiting to be? And: once of each.
subscriptionSchema.index({ address: 1, placeKey: 1, state: 1 }, { unique: true });
// Which one does the link of this mail confirm, which does it stop?
subscriptionSchema.index({ confirmHash: 1 });
subscriptionSchema.index({ stopHash: 1 });
// Which are to be told, and which were never confirmed?
subscriptionSchema.index({ state: 1, askedAt: 1 });

export type SubscriptionRecord = InferRawDocTypeFromSchema<typeof subscriptionSchema>;
export const subscriptionModel = (connection: Connection) =>
  connection.model<SubscriptionRecord>('Subscription', subscriptionSchema);
