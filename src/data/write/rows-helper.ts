// A thread that writes groups of rows, while the thread that predicts reads the next ones.
import { help } from '../../threads/help.js';
import { writeGroup } from './write-group.js';

help(writeGroup);
