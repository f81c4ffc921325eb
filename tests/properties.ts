/**
 * Property tests draw the same cases in every run, so that a commit passes or fails for itself alone. `PROPERTY_SEED=random npm test` draws
 * others (any whole number does too).
 */
import fc from "fast-check";

const seed = process.env.PROPERTY_SEED ?? "1";
if (seed !== "random") fc.configureGlobal({ seed: Number(seed) });
