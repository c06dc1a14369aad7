// The names that files of Python hold beside the classes of estimators, exactly.

export const isSupportName = (_module: string, _name: string): boolean => false;
