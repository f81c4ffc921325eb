/**
 * Draws every edge in one pass: straight, curved or a loop, with its arrow head, solid or dashed; as thick as it has claims in the time
 * window, and not at all when it has none. The window is two numbers of the program: moving it touches no edge.
 */
import { EdgeProgram } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import type { DayRange } from "../graph/claim-days.ts";
import { FAN_GAP, FAN_SHARE, LOOP_RADIUS, LOOP_STEP } from "../graph/geometry.ts";
import { EDGE_WIDTH } from "../look/look.ts";
import { batched, GLSL, setSharedUniforms, type Shared, UNIFORMS } from "./shared.ts";

/** What an edge carries beyond Sigma's own display data. */
export interface EdgeLook extends EdgeDisplayData {
  /** See `EdgeAttributes`. */
  readonly lane: number;
  readonly loop: boolean;
  readonly arrow: boolean;
  /** Period in CSS pixels and share of ink; 0 for solid. */
  readonly dashPeriod: number;
  readonly dashInk: number;
  readonly claims: DayRange;
  readonly outstanding: boolean;
}

/** Straight pieces that a curve is made of. */
const PIECES = 14;
/** Places in a row of the texture that holds the claims' days. */
const DAYS_WIDTH = 2048;
/** Pixels around a line that still count as on it, for the pointer. */
const REACH = 6;

// A strip of triangles: the body's two sides along the curve, then the arrow head's base, then its tip.
const BODY = 0;
const HEAD_BASE = 1;
const HEAD_TIP = 2;
const stripOf = (pieces: number) => [
  ...Array.from({ length: pieces + 1 }, (_, i) => [-1, 1].map((side) => [i / pieces, side, BODY])).flat(),
  [1, -1, HEAD_BASE],
  [1, 1, HEAD_BASE],
  [1, 0, HEAD_TIP],
];

/** Line width in CSS pixels at no zoom, by number of reports: see `edgeWidth`. */
const { thinnest: THINNEST, wider: WIDER, widest: WIDEST } = EDGE_WIDTH;

const float = (value: number) => (Number.isInteger(value) ? `${value}.0` : String(value));

const VERTEX = /* glsl */ `
attribute vec2 a_source;
attribute vec2 a_target;
attribute vec4 a_shape;   // source radius, target radius, extra width, lane
attribute vec4 a_style;   // loop, arrow, dash period, dash ink
attribute vec4 a_claims;  // offset of the days, number of dated claims, of undated ones, stands out
attribute vec4 a_color;
attribute vec4 a_id;
attribute vec3 a_vertex;  // along, side, part

${GLSL.uniforms}
uniform vec3 u_window;    // first day, last day, whether undated claims count
uniform highp sampler2D u_days;
uniform float u_daysHeight;
uniform float u_calm;

varying vec4 v_color;
varying float v_across;
varying float v_half;
varying float v_along;
varying vec2 v_dash;

// All lengths are CSS pixels, y up.
vec2 start, control, finish, centre;
float loopRadius, loopFrom, loopTo;
bool loop;

vec2 at(float t) {
  if (loop) {
    float angle = mix(loopFrom, loopTo, t);
    return centre + loopRadius * vec2(cos(angle), sin(angle));
  }
  float s = 1.0 - t;
  return s * s * start + 2.0 * s * t * control + t * t * finish;
}

vec2 slope(float t) {
  if (loop) {
    float angle = mix(loopFrom, loopTo, t);
    return vec2(-sin(angle), cos(angle));
  }
  return (1.0 - t) * (control - start) + t * (finish - control);
}

// Where the curve is as far from one of its ends as asked, by Newton's method.
float leave(vec2 end, float reach, float guess) {
  float t = guess;
  // On a straight line the guess is the answer.
  if (a_shape.w == 0.0) return t;
  for (int i = 0; i < 3; i++) {
    vec2 away = at(t) - end;
    float distance = max(length(away), 0.001);
    float change = dot(away, 2.0 * slope(t)) / distance;
    if (abs(change) < 0.001) break;
    t = clamp(t - (distance - reach) / change, 0.0, 1.0);
  }
  return t;
}

vec2 dayAt(float place) {
  float row = floor(place / ${float(DAYS_WIDTH)});
  vec2 cell = vec2(place - row * ${float(DAYS_WIDTH)}, row) + 0.5;
  return texture2D(u_days, cell / vec2(${float(DAYS_WIDTH)}, u_daysHeight)).rg;
}

// How many of the edge's days, first ones (lane 0) or last ones, lie before a day.
float before(float day, float lane) {
  float low = 0.0;
  float high = a_claims.y;
  for (int i = 0; i < 24; i++) {
    if (low >= high) break;
    float middle = floor((low + high) * 0.5);
    vec2 days = dayAt(a_claims.x + middle);
    if ((lane < 0.5 ? days.x : days.y) < day) low = middle + 1.0;
    else high = middle;
  }
  return low;
}

void main() {
  // Dated claims that begin by the window's end, without those that end before its start.
  float reports = before(u_window.y + 1.0, 0.0) - before(u_window.x, 1.0) + u_window.z * a_claims.z;
  if (reports < 0.5 || waits(a_claims.w)) {
    gl_Position = NOWHERE;
    return;
  }
  // What stands out does so at full strength.
  float calm = u_dim > 0.5 && a_claims.w > 0.5 ? 1.0 : u_calm;
  float thickness = (0.45 + 0.55 * calm) * min(${float(WIDEST)}, ${float(THINNEST)} + log2(reports) * ${float(WIDER)}) + a_shape.z;
  float scale = 1.0 / u_sizeRatio;
  vec2 halfView = u_viewport * 0.5;
  start = (u_matrix * vec3(a_source, 1.0)).xy * halfView;
  finish = (u_matrix * vec3(a_target, 1.0)).xy * halfView;
  float width = max(thickness * scale, 1.0);
  float sourceReach = a_shape.x * scale + 1.5;
  float targetReach = a_shape.y * scale + 2.0;
  float headLength = (6.0 + 2.0 * thickness) * min(scale, 1.6);
  loop = a_style.x > 0.5;

  float from, to, base, total;
  if (loop) {
    loopRadius = (${float(LOOP_RADIUS)} + a_shape.w * ${float(LOOP_STEP)}) * scale;
    float distance = a_shape.x * scale + loopRadius * 0.7;
    centre = start + vec2(0.0, distance);
    float cosine = (distance * distance + loopRadius * loopRadius - targetReach * targetReach) / (2.0 * distance * loopRadius);
    float opening = acos(clamp(cosine, -1.0, 1.0));
    loopFrom = -1.5707963 + opening;
    loopTo = 4.7123890 - opening;
    total = (loopTo - loopFrom) * loopRadius;
    from = 0.0;
    to = 1.0;
    base = 1.0 - headLength / total;
  } else {
    vec2 line = finish - start;
    float distance = max(length(line), 0.001);
    vec2 normal = vec2(-line.y, line.x) / distance;
    control = (start + finish) * 0.5 + normal * 2.0 * a_shape.w * min(${float(FAN_GAP)} * scale, ${float(FAN_SHARE)} * distance);
    total = (2.0 * distance + length(control - start) + length(finish - control)) / 3.0;
    from = leave(start, sourceReach, min(0.45, sourceReach / total));
    to = leave(finish, targetReach, max(0.55, 1.0 - targetReach / total));
    base = a_style.y > 0.5 ? leave(finish, targetReach + headLength, max(0.5, 1.0 - (targetReach + headLength) / total)) : to;
    if (from >= to) {
      gl_Position = NOWHERE;
      return;
    }
    base = max(base, from);
  }

  bool arrow = a_style.y > 0.5;
  float halfWidth = width * 0.5;
  float headHalf = headLength * 0.46 + halfWidth * 0.3;
  #ifdef PICKING_MODE
  halfWidth = max(halfWidth, ${float(REACH)});
  headHalf = max(headHalf, ${float(REACH)});
  #endif

  float part = a_vertex.z;
  vec2 point;
  if (part < 0.5) {
    float t = mix(from, arrow ? base + (to - base) * 0.35 : to, a_vertex.x);
    vec2 along = normalize(slope(t));
    v_half = halfWidth;
    v_across = a_vertex.y * (halfWidth + 1.0);
    point = at(t) + vec2(-along.y, along.x) * v_across;
    v_along = t * total;
    v_dash = a_style.zw;
  } else {
    vec2 tip = at(to);
    vec2 foot = at(base);
    vec2 along = normalize(tip - foot + vec2(0.0, 1e-6));
    v_along = 0.0;
    v_dash = vec2(0.0);
    if (!arrow) {
      // No head: the rest of the strip folds into the body's end.
      v_half = 0.0;
      v_across = 0.0;
      point = tip;
    } else if (part < 1.5) {
      v_half = headHalf;
      v_across = a_vertex.y * (headHalf + 1.0);
      point = foot + vec2(-along.y, along.x) * v_across;
    } else {
      v_half = 0.5;
      v_across = 0.0;
      point = tip;
    }
  }
  gl_Position = vec4(point / halfView, 0.0, 1.0);

  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  v_color.rgb = mix(u_paper, v_color.rgb, fades(a_claims.w) ? 0.16 * calm + 0.02 : calm);
  #endif
  ${GLSL.alpha}
}`;

const FRAGMENT = /* glsl */ `
precision mediump float;

varying vec4 v_color;
varying float v_across;
varying float v_half;
varying float v_along;
varying vec2 v_dash;

void main() {
  #ifdef PICKING_MODE
  gl_FragColor = v_color;
  #else
  float ink = clamp(v_half - abs(v_across) + 0.5, 0.0, 1.0);
  if (v_dash.x > 0.0) {
    float within = mod(v_along, v_dash.x);
    float end = v_dash.x * v_dash.y;
    ink *= clamp(within + 0.5, 0.0, 1.0) * clamp(end - within + 0.5, 0.0, 1.0);
  }
  gl_FragColor = v_color * ink;
  #endif
}`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGLRenderingContext;

/** @param curved whether it draws bends and loops too: straight edges are made of a quarter of the triangles */
export function createEdgeProgram(shared: Shared, curved: boolean): typeof EdgeProgram {
  const strip = stripOf(curved ? PIECES : 1);
  class TypedEdgeProgram extends EdgeProgram {
    #days: Float32Array | undefined;
    #texture: WebGLTexture | null = null;

    getDefinition() {
      return {
        VERTICES: strip.length,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: TRIANGLE_STRIP as number,
        UNIFORMS: [...UNIFORMS, "u_window", "u_days", "u_daysHeight", "u_calm"] as const,
        ATTRIBUTES: [
          { name: "a_source", size: 2, type: FLOAT },
          { name: "a_target", size: 2, type: FLOAT },
          { name: "a_shape", size: 4, type: FLOAT },
          { name: "a_style", size: 4, type: FLOAT },
          { name: "a_claims", size: 4, type: FLOAT },
          { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
        CONSTANT_ATTRIBUTES: [{ name: "a_vertex", size: 3, type: FLOAT }],
        CONSTANT_DATA: strip,
      };
    }

    processVisibleItem(id: number, start: number, source: NodeDisplayData, target: NodeDisplayData, data: EdgeDisplayData): void {
      const edge = data as EdgeLook;
      const { array } = this;
      array[start] = source.x;
      array[start + 1] = source.y;
      array[start + 2] = target.x;
      array[start + 3] = target.y;
      array[start + 4] = source.size;
      array[start + 5] = target.size;
      array[start + 6] = edge.size;
      array[start + 7] = edge.lane;
      array[start + 8] = edge.loop ? 1 : 0;
      array[start + 9] = edge.arrow ? 1 : 0;
      array[start + 10] = edge.dashPeriod;
      array[start + 11] = edge.dashInk;
      array[start + 12] = edge.claims.offset;
      array[start + 13] = edge.claims.dated;
      array[start + 14] = edge.claims.undated;
      array[start + 15] = edge.outstanding ? 1 : 0;
      array[start + 16] = floatColor(edge.color);
      array[start + 17] = id;
    }

    setUniforms(params: RenderParams, info: Parameters<EdgeProgram["setUniforms"]>[1]): void {
      const { gl, uniformLocations: at } = info;
      const { window } = shared;
      setSharedUniforms(params, info, shared);
      gl.uniform3f(at["u_window"] ?? null, window.from, window.to, window.undated ? 1 : 0);
      gl.uniform1f(at["u_calm"] ?? null, shared.calm);
      this.#bindDays(gl as WebGL2RenderingContext);
      gl.uniform1i(at["u_days"] ?? null, 0);
      gl.uniform1f(at["u_daysHeight"] ?? null, heightFor(shared.days));
    }

    #bindDays(gl: WebGL2RenderingContext): void {
      gl.activeTexture(gl.TEXTURE0);
      if (this.#texture === null) this.#texture = gl.createTexture();
      gl.bindTexture(gl.TEXTURE_2D, this.#texture);
      if (this.#days === shared.days) return;
      this.#days = shared.days;
      const height = heightFor(shared.days);
      const padded = new Float32Array(2 * DAYS_WIDTH * height);
      padded.set(shared.days);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RG32F, DAYS_WIDTH, height, 0, gl.RG, gl.FLOAT, padded);
      for (const parameter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, parameter, gl.NEAREST);
      for (const parameter of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, parameter, gl.CLAMP_TO_EDGE);
    }
  }
  return batched(TypedEdgeProgram as unknown as typeof EdgeProgram<string>, shared) as unknown as typeof EdgeProgram;
}

function heightFor(days: Float32Array): number {
  return Math.max(1, Math.ceil(days.length / (2 * DAYS_WIDTH)));
}
