#!/usr/bin/env node
/** The program: hands the command line and the process's surroundings to the commands. */
import { runProgram } from './cli/program.ts';

const { argv, env, stdin, stdout, stderr } = process;
process.exit(await runProgram(argv.slice(2), { environment: env, stdin, stdout, stderr }));
