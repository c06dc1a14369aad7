// Turns the Content-Type header of a scoring request into its media type, or into why MLflow's server answers 415.
import { PROTOCOL_CHANGE } from '../hints.js';

type ContentType =
  | { readonly ok: true; readonly mediaType: 'text/csv' | 'application/json' | 'application/vnd.apache.parquet' }
  | {
      readonly ok: false;
      readonly fault: 'unsupported_charset' | 'content_type_params' | 'content_type';
      /** The server's own words. */
      readonly message: string;
      readonly args?: Readonly<Record<string, string>>;
    };

const MEDIA_TYPES = ['text/csv', 'application/json', 'application/vnd.apache.parquet'] as const;

/** As MLflow reads it: case matters, and the only parameter it accepts is `charset=utf-8`, without quotes. */
export function readContentType(contentType: string): ContentType {
  const [mime = '', ...parts] = contentType.split(';').map((part) => part.trim());
  const values = new Map(
    parts.map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? ([part, ''] as const) : ([part.slice(0, at), part.slice(at + 1)] as const);
    }),
  );
  if ((values.get('charset') ?? 'utf-8').toLowerCase() !== 'utf-8')
    return { ok: false, fault: 'unsupported_charset', message: 'The scoring server only supports UTF-8' };
  const names = [...values.keys()].filter((name) => name !== 'charset').join(', ');
  if (names !== '' || values.has(''))
    return {
      ok: false,
      fault: 'content_type_params',
      message: `Unrecognized content type parameters: ${names}. ${PROTOCOL_CHANGE}`,
      args: { names },
    };
  const mediaType = MEDIA_TYPES.find((known) => known === mime);
  if (mediaType !== undefined) return { ok: true, mediaType };
  return {
    ok: false,
    fault: 'content_type',
    message: `This predictor only supports the following content types: Types: ['text/csv', 'application/json', 'application/vnd.apache.parquet']. Got '${contentType}'.`,
    args: { got: contentType },
  };
}
