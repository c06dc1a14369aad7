#!/usr/bin/env node
// The doorstep. The process ends by itself once its answer is written, so that no pipe is cut short.
import { main } from '../dist/main.js';

process.exitCode = await main(process.argv.slice(2));
