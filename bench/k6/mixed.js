/** loadtest/mixed.js with numbers in place of verdicts. */
import { options as original } from '../../loadtest/mixed.js';

export { pid, sum } from '../../loadtest/mixed.js';
export { handleSummary } from './json-summary.js';

export const options = {
  ...original,
  summaryTrendStats: ['med', 'p(99)', 'max', 'count'],
  // They never fail: k6 keeps a part of a metric only where a threshold names it.
  thresholds: {
    'http_req_duration{route:pid}': ['max>=0'],
    'http_req_duration{route:sum}': ['max>=0'],
    'http_req_failed{route:pid}': ['rate>=0'],
    'http_reqs{route:pid}': ['count>=0'],
  },
};
