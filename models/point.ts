// Where a record stands: a GeoJSON point as MongoDB wants it, LONGITUDE FIRST.
// The rest of the program speaks of { lat, lng }; server/store turns them round.
import { Schema } from 'mongoose';

export const pointSchema = new Schema(
  {
    type: { type: String, enum: ['Point'] as const, required: true },
    /** Longitude, then latitude, in degrees (WGS 84). */
    coordinates: {
      type: [Number],
      required: true,
      validate: {
        validator: ([lng, lat, ...more]: number[]) =>
          lng !== undefined &&
          lat !== undefined &&
          more.length === 0 &&
          Math.abs(lng) <= 180 &&
          Math.abs(lat) <= 90,
        message: 'A point is a longitude from -180 to 180, then a latitude from -90 to 90.',
      },
    },
  },
  { _id: false, strict: 'throw' },
);
