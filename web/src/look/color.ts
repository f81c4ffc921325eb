/** Colours as numbers: contrast by WCAG 2, and the smallest change that makes a colour readable on a ground. */

type Rgb = readonly [number, number, number];

function parse(hex: string): Rgb {
  const digits = hex.replace("#", "");
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits.slice(0, 6);
  const value = Number.parseInt(full, 16);
  return Number.isNaN(value) ? [128, 128, 128] : [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function write(rgb: Rgb): string {
  return `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;
}

/** Red, green and blue from 0 to 1, as the graphics card counts. */
export function rgbOf(hex: string): [number, number, number] {
  const [r, g, b] = parse(hex);
  return [r / 255, g / 255, b / 255];
}

/** `share` of `top` over `ground`: 1 is all `top`. */
export function mix(top: string, ground: string, share: number): string {
  const [a, b] = [parse(top), parse(ground)];
  return write([0, 1, 2].map((i) => (a[i] as number) * share + (b[i] as number) * (1 - share)) as unknown as Rgb);
}

/** Relative luminance (WCAG 2). */
function luminance(hex: string): number {
  const [r, g, b] = parse(hex).map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio (WCAG 2), 1 to 21. */
export function contrast(left: string, right: string): number {
  const [a, b] = [luminance(left), luminance(right)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** The colour, moved towards black or white only as far as the contrast to the ground asks. */
export function readable(color: string, ground: string, least: number): string {
  const pole = luminance(ground) > 0.4 ? "#000000" : "#ffffff";
  for (let share = 1; share > 0; share -= 0.04) {
    const candidate = mix(color, pole, share);
    if (contrast(candidate, ground) >= least) return candidate;
  }
  return pole;
}
