// The forms of the bundle and of the envelope in it, as the OpenSSF Model Signing specification v1.0 has them.
import { z } from 'zod';

const TEXT = z.string().min(1);

/** Standard base64 with padding, spelt in the one way that its bytes have. */
const BASE64 = TEXT.refine((text) => Buffer.from(text, 'base64').toString('base64') === text, 'is not base64');

export const ENVELOPE = z.strictObject({
  payload: BASE64,
  payloadType: z.literal('application/vnd.in-toto+json'),
  signatures: z
    .array(z.strictObject({ sig: BASE64, keyid: z.string().nullish() }))
    .length(1, 'expected exactly one signature'),
});

const CERTIFICATE = z.looseObject({ rawBytes: BASE64 });
const LOG = z.array(z.looseObject({ logIndex: z.string().optional() }));
const TIMES = z.looseObject({ rfc3161Timestamps: z.array(z.looseObject({})).optional() });

const MATERIAL = z.union([
  z.strictObject({
    publicKey: z
      .strictObject({
        hint: z.string().optional(),
        rawBytes: BASE64.optional(),
        keyDetails: z.union([z.string(), z.number()]).optional(),
        validFor: z.looseObject({}).optional(),
      })
      .refine((key) => key.hint !== undefined || key.rawBytes !== undefined, 'expected hint or rawBytes'),
    tlogEntries: LOG.optional(),
    timestampVerificationData: TIMES.optional(),
  }),
  z.strictObject({
    x509CertificateChain: z.looseObject({ certificates: z.array(CERTIFICATE).min(1) }),
    tlogEntries: LOG.optional(),
    timestampVerificationData: TIMES.optional(),
  }),
  z.strictObject({
    certificate: CERTIFICATE,
    tlogEntries: LOG.min(1),
    timestampVerificationData: TIMES.optional(),
  }),
]);

export const BUNDLE = z.strictObject({
  mediaType: z.literal('application/vnd.dev.sigstore.bundle.v0.3+json'),
  verificationMaterial: MATERIAL,
  dsseEnvelope: ENVELOPE,
});
