// The forms of signed statements: that of the OpenSSF Model Signing specification v1.0, and those of the two that mlctl adds.
import { z } from 'zod';

const HEX = z.string().regex(/^[0-9a-f]+$/);
const TEXT = z.string().min(1);
const ALGORITHM = z.enum(['sha256', 'blake2b', 'blake3'], 'expected the SHA-256 of a whole file');
const DIGESTS = z.record(z.string(), HEX).refine((digests) => digests.sha256 !== undefined, 'expected sha256');
const SUBJECT = z.array(z.looseObject({ name: TEXT, digest: DIGESTS })).length(1);
const STATEMENT_TYPE = z.literal('https://in-toto.io/Statement/v1');

export const MODEL_STATEMENT = z.strictObject({
  _type: STATEMENT_TYPE,
  subject: SUBJECT,
  predicateType: z.literal('https://model_signing/signature/v1.0'),
  predicate: z.strictObject({
    resources: z.array(z.looseObject({ name: TEXT, digest: HEX, algorithm: ALGORITHM })),
    serialization: z
      .strictObject({
        method: z.enum(['files', 'shards']),
        hash_type: ALGORITHM,
        shard_size: z.int().positive().optional(),
        allow_symlinks: z.boolean(),
        ignore_paths: z.array(TEXT).optional(),
      })
      .refine((how) => how.method !== 'shards' || how.shard_size !== undefined, 'expected shard_size for shards'),
  }),
});

export const PROVENANCE = z.looseObject({
  _type: STATEMENT_TYPE,
  subject: SUBJECT,
  predicateType: z.literal('https://slsa.dev/provenance/v1'),
  predicate: z.looseObject({
    buildDefinition: z.looseObject({
      buildType: TEXT,
      externalParameters: z.looseObject({ name: TEXT.optional(), version: z.int().positive().optional() }),
    }),
    runDetails: z.looseObject({
      metadata: z.looseObject({ invocationId: TEXT.optional() }).optional(),
      byproducts: z
        .array(z.looseObject({ name: TEXT.optional(), digest: z.record(z.string(), HEX).optional() }))
        .optional(),
    }),
  }),
});

export const TEST_RESULT = z.looseObject({
  _type: STATEMENT_TYPE,
  subject: SUBJECT,
  predicateType: z.literal('https://in-toto.io/attestation/test-result/v0.1'),
  predicate: z.looseObject({
    result: z.enum(['PASSED', 'WARNED', 'FAILED']),
    passedTests: z.array(z.string()).optional(),
    failedTests: z.array(z.string()).optional(),
  }),
});
