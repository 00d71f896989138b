// Keeps what is made of a snapshot as long as the snapshot, so that it is worked out once and only when asked for.
import type { Directory } from './directory.ts';

export function perDirectory<Made>(make: (directory: Directory) => Made) {
  const made = new WeakMap<Directory, Made>();
  return (directory: Directory): Made => {
    let one = made.get(directory);
    if (one === undefined) {
      one = make(directory);
      made.set(directory, one);
    }
    return one;
  };
}
