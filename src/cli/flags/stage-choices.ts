// The stages that a version can be moved to, as choices of an option.
import { STAGES } from '../../uri/stages.js';

export const STAGE_CHOICES = STAGES.filter((stage) => stage !== 'None');
