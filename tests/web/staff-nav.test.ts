// The way between the pages of staff: on each of them, with its own part marked, and nowhere else.
import { describe, expect, it } from '@jest/globals';
import { paths } from '../../server/paths.ts';
import { staffNav } from '../../server/web/staff-nav.ts';

describe('staffNav', () => {
  it.each([
    ['/staff', 'To do'],
    ['/staff/gaps', 'Gaps'],
    ['/staff/waves', 'Survey waves'],
    ['/staff/waves/2026-06/close', 'Survey waves'],
    ['/staff/people', 'People'],
  ])('marks on %s the part "%s" alone', (path, label) => {
    const current = staffNav(path)?.filter((link) => link.current);

    expect(current?.map((link) => link.label)).toEqual([label]);
  });

  it.each([paths.home, paths.gaps, '/staffing'])('is not on %s', (path) => {
    expect(staffNav(path)).toBeNull();
  });
});
