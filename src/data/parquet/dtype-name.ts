// Turns an Arrow type into what pandas calls it, for messages.
import type { ArrowType } from './arrow-type.js';

export function dtypeName(type: ArrowType): string {
  switch (type.kind) {
    case 'int':
      return `${type.signed ? '' : 'u'}int${type.bits}`;
    case 'float':
      return `float${type.bits}`;
    case 'timestamp':
      return `datetime64[${type.unit}${type.zone === undefined ? '' : `, ${type.zone}`}]`;
    case 'duration':
      return `timedelta64[${type.unit}]`;
    case 'dictionary':
      return `category of ${dtypeName(type.values)}`;
    case 'list':
      return `list of ${dtypeName(type.items)}`;
    case 'binary':
      return 'bytes';
    case 'string':
    case 'json':
    case 'enum':
      return 'str';
    case 'other':
      return type.name;
    default:
      return type.kind;
  }
}
