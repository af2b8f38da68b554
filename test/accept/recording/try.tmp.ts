import { recorded, replayed, withProvider, differencesOf } from './support.ts';
const only = process.argv.slice(2);
const t=Date.now();
const { run, recording } = await withProvider((t) => recorded(t, only, '/tmp/rec/try.rec.gz'));
console.log('recorded', run.exchanges.length, 'failed', run.results.filter(r=>r.outcome==='failed').map(r=>[r.scenario.id,r.reasons.slice(0,2)]), Date.now()-t);
const r = await withProvider((t) => replayed(t, recording));
console.log('replayed', r.exchanges.length, 'of', r.calls.length, 'left', r.left, 'leftOut', r.leftOut.length, Date.now()-t);
for (const d of differencesOf(r)) console.log(d[0], d.length-1, '\n   ', d.slice(1,4).map(x=>x.slice(0,300)).join('\n    '));
process.exit(0);
