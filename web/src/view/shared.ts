/** What the drawing programs share: the time window, what is faded, colours; and how they upload and draw. */
import { EdgeProgram, type NodeProgram } from "sigma/rendering";
import type { RenderParams } from "sigma/types";

type Rgb = readonly [number, number, number];

/** Read by every program at every frame: changing it costs one frame and no walk over nodes or edges. */
export interface Shared {
  /** Days since 1970-01-01, both inclusive, and whether claims without a date are drawn. */
  window: { readonly from: number; readonly to: number; readonly undated: boolean };
  /** See `ClaimDays`. Another array is uploaded once. */
  days: Float32Array;
  /** How strongly edges are drawn where nothing stands out, 0 to 1: many together make a wall of full colour. */
  calm: number;
  /** Whether all that does not stand out is faded. */
  dim: boolean;
  paper: Rgb;
  accent: Rgb;
  /** While the picture moves nothing is pointed at: what is drawn for the pointer waits. */
  moving: boolean;
  /** Whether edges are left out of the frames drawn now. */
  withoutEdges: boolean;
  /** Nothing is drawn: Sigma draws as soon as it is made, before all that is drawn on is there. */
  asleep: boolean;
}

export function createShared(): Shared {
  return {
    window: { from: -1e7, to: 1e7, undated: true },
    days: new Float32Array(0),
    calm: 1,
    dim: false,
    paper: [1, 1, 1],
    accent: [0, 0, 0],
    moving: false,
    withoutEdges: false,
    asleep: false,
  };
}

/** Parts that the programs' vertex shaders have in common. */
export const GLSL = {
  uniforms: /* glsl */ `
uniform mat3 u_matrix;
uniform vec2 u_viewport;
uniform float u_sizeRatio;
uniform float u_dim;
uniform float u_pass;  // what is drawn now: all (below 0), what is faded, what stands out
uniform mediump vec3 u_paper;

// Whether a thing that stands out (1) or does not (0) waits for another pass.
bool waits(float outstanding) {
  return u_pass >= 0.0 && abs(outstanding - u_pass) > 0.5;
}

bool fades(float outstanding) {
  return u_dim > 0.5 && outstanding < 0.5;
}

const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);
`,
  /** Sigma stores alpha in 7 bits. */
  alpha: "v_color.a *= 255.0 / 254.0;",
};

/** What `GLSL.uniforms` names, and how all but `u_pass` get their values. */
export const UNIFORMS = ["u_matrix", "u_viewport", "u_sizeRatio", "u_dim", "u_pass", "u_paper"] as const;

export function setSharedUniforms(params: RenderParams, { gl, uniformLocations: at }: ProgramInfo, shared: Shared): void {
  gl.uniformMatrix3fv(at["u_matrix"] ?? null, false, params.matrix);
  gl.uniform2f(at["u_viewport"] ?? null, params.width, params.height);
  gl.uniform1f(at["u_sizeRatio"] ?? null, params.sizeRatio);
  gl.uniform1f(at["u_dim"] ?? null, shared.dim ? 1 : 0);
  gl.uniform3f(at["u_paper"] ?? null, ...shared.paper);
}

type Base = typeof NodeProgram<string> | typeof EdgeProgram<string>;
type ProgramInfo = Parameters<NodeProgram["setUniforms"]>[1];

/** More than so many changes are uploaded in one piece with all the rest. */
const MOST_PIECES = 400;

/** What is drawn in a pass: everything, only what is faded, only what stands out. */
const ALL = -1;
const FADED = 0;
const OUTSTANDING = 1;

/**
 * Sigma 3 uploads all vertices for every frame and draws all of them twice, the second time for the pointer. Programs of this kind
 * upload what has changed since, and draw for the pointer when the picture rests. What stands out is drawn over what is faded.
 */
export function batched<T extends Base>(Program: T, shared: Shared): T {
  const isEdge = Program.prototype instanceof EdgeProgram;
  abstract class Batched extends (Program as unknown as new (...given: unknown[]) => NodeProgram) {
    /** Counts whole uploads that were due; since the last of them, places of what has changed. */
    #whole = 1;
    #changed: number[] = [];
    /** Of each program, how far it has followed. */
    readonly #uploaded = new WeakMap<ProgramInfo, { readonly whole: number; readonly changed: number }>();
    override reallocate(capacity: number): void {
      const { array } = this;
      this.#start();
      super.reallocate(capacity);
      // What was there stays, for those that only add to it.
      if (this.array !== array) this.array.set(array.subarray(0, this.array.length));
    }

    override process(...given: Parameters<NodeProgram["process"]>): void {
      if (this.#changed.length < MOST_PIECES) this.#changed.push(given[1]);
      else this.#start();
      super.process(...given);
    }

    #start(): void {
      this.#whole++;
      this.#changed = [];
    }

    #upload(info: ProgramInfo): void {
      const { gl } = info;
      const done = this.#uploaded.get(info);
      if (done?.whole === this.#whole) {
        const length = this.STRIDE;
        for (const at of this.#changed.slice(done.changed))
          gl.bufferSubData(gl.ARRAY_BUFFER, at * length * Float32Array.BYTES_PER_ELEMENT, this.array, at * length, length);
      } else gl.bufferData(gl.ARRAY_BUFFER, this.array, gl.DYNAMIC_DRAW);
      this.#uploaded.set(info, { whole: this.#whole, changed: this.#changed.length });
    }

    protected override bindProgram(info: ProgramInfo): void {
      const { gl } = info;
      let offset = 0;
      gl.bindBuffer(gl.ARRAY_BUFFER, info.constantBuffer as WebGLBuffer);
      for (const attribute of this.CONSTANT_ATTRIBUTES) offset += this.bindAttribute(attribute, info, offset, false);
      if (!this.#uploaded.has(info)) gl.bufferData(gl.ARRAY_BUFFER, this.constantArray, gl.STATIC_DRAW);
      gl.bindBuffer(gl.ARRAY_BUFFER, info.buffer);
      offset = 0;
      for (const attribute of this.ATTRIBUTES) offset += this.bindAttribute(attribute, info, offset, true);
      this.#upload(info);
      gl.bindBuffer(gl.ARRAY_BUFFER, null);
    }

    override render(params: RenderParams): void {
      if (shared.asleep || this.hasNothingToRender() || (isEdge && shared.withoutEdges)) return;
      if (!shared.moving) this.#pick(params);
      const { gl } = this.normalProgram;
      gl.viewport(0, 0, params.width * params.pixelRatio, params.height * params.pixelRatio);
      this.bindProgram(this.normalProgram);
      this.renderProgram(params, this.normalProgram);
      this.unbindProgram(this.normalProgram);
    }

    #pick(params: RenderParams): void {
      const info = this.pickProgram;
      if (!info) return;
      const pixelRatio = params.pixelRatio / params.downSizingRatio;
      info.gl.viewport(0, 0, params.width * pixelRatio, params.height * pixelRatio);
      this.bindProgram(info);
      this.renderProgram({ ...params, pixelRatio }, info);
      this.unbindProgram(info);
    }

    override drawWebGL(method: number, info: ProgramInfo): void {
      const pass = info.uniformLocations["u_pass"] ?? null;
      for (const each of shared.dim ? [FADED, OUTSTANDING] : [ALL]) {
        info.gl.uniform1f(pass, each);
        super.drawWebGL(method, info);
      }
    }
  }
  return Batched as unknown as T;
}
