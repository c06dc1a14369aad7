// A thread that adds up the trees of groups of rows, together with the thread that predicts.
import { help } from '../../threads/help.js';
import { addGroup } from './add-group.js';

help(addGroup);
