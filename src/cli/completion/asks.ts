// The first word of the command line with which a completion script asks mlctl.
export const ASKS = '__complete';
