/** Makes a drawing that happens only when the data is another than before, so that live pages keep focus and selection. */
export function whenChanged<T>(draw: (data: T) => void): (data: T) => void {
  let last: string | undefined;
  return (data) => {
    const now = JSON.stringify(data);
    if (now === last) return;
    last = now;
    draw(data);
  };
}
