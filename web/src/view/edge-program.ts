/** Draws every edge in one pass: straight, curved or a loop, with its arrow head, solid or dashed. */
import { EdgeProgram } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import { FAN_GAP, FAN_SHARE, LOOP_RADIUS, LOOP_STEP } from "../graph/geometry.ts";

/** What an edge carries beyond Sigma's own display data. */
export interface EdgeLook extends EdgeDisplayData {
  /** See `EdgeAttributes`. */
  readonly lane: number;
  readonly loop: boolean;
  readonly arrow: boolean;
  /** Period in CSS pixels and share of ink; 0 for solid. */
  readonly dashPeriod: number;
  readonly dashInk: number;
}

/** Straight pieces that a curve is made of. */
const PIECES = 14;
/** Pixels around a line that still count as on it, for the pointer. */
const REACH = 6;

// A strip of triangles: the body's two sides along the curve, then the arrow head's base, then its tip.
const BODY = 0;
const HEAD_BASE = 1;
const HEAD_TIP = 2;
const STRIP = [
  ...Array.from({ length: PIECES + 1 }, (_, i) => [-1, 1].map((side) => [i / PIECES, side, BODY])).flat(),
  [1, -1, HEAD_BASE],
  [1, 1, HEAD_BASE],
  [1, 0, HEAD_TIP],
];

const float = (value: number) => (Number.isInteger(value) ? `${value}.0` : String(value));

const VERTEX = /* glsl */ `
attribute vec2 a_source;
attribute vec2 a_target;
attribute vec4 a_shape;   // source radius, target radius, width, lane
attribute vec4 a_style;   // loop, arrow, dash period, dash ink
attribute vec4 a_color;
attribute vec4 a_id;
attribute vec3 a_vertex;  // along, side, part

uniform mat3 u_matrix;
uniform vec2 u_viewport;
uniform float u_sizeRatio;

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

void main() {
  if (a_shape.z <= 0.0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  float scale = 1.0 / u_sizeRatio;
  vec2 halfView = u_viewport * 0.5;
  start = (u_matrix * vec3(a_source, 1.0)).xy * halfView;
  finish = (u_matrix * vec3(a_target, 1.0)).xy * halfView;
  float width = max(a_shape.z * scale, 1.0);
  float sourceReach = a_shape.x * scale + 1.5;
  float targetReach = a_shape.y * scale + 2.0;
  float headLength = (6.0 + 2.0 * a_shape.z) * min(scale, 1.6);
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
      gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
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
  #endif
  // Sigma stores alpha in 7 bits.
  v_color.a *= 255.0 / 254.0;
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

const UNIFORMS = ["u_matrix", "u_viewport", "u_sizeRatio"] as const;
const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGLRenderingContext;

export class TypedEdgeProgram extends EdgeProgram<(typeof UNIFORMS)[number]> {
  getDefinition() {
    return {
      VERTICES: STRIP.length,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLE_STRIP as number,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_source", size: 2, type: FLOAT },
        { name: "a_target", size: 2, type: FLOAT },
        { name: "a_shape", size: 4, type: FLOAT },
        { name: "a_style", size: 4, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_vertex", size: 3, type: FLOAT }],
      CONSTANT_DATA: STRIP,
    };
  }

  processVisibleItem(id: number, start: number, source: NodeDisplayData, target: NodeDisplayData, data: EdgeDisplayData): void {
    const edge = data as EdgeLook;
    const values = [
      source.x,
      source.y,
      target.x,
      target.y,
      source.size,
      target.size,
      edge.size,
      edge.lane,
      edge.loop ? 1 : 0,
      edge.arrow ? 1 : 0,
      edge.dashPeriod,
      edge.dashInk,
      floatColor(edge.color),
      id,
    ];
    this.array.set(values, start);
  }

  setUniforms(params: RenderParams, { gl, uniformLocations }: Parameters<EdgeProgram["setUniforms"]>[1]): void {
    gl.uniformMatrix3fv(uniformLocations["u_matrix"] ?? null, false, params.matrix);
    gl.uniform2f(uniformLocations["u_viewport"] ?? null, params.width, params.height);
    gl.uniform1f(uniformLocations["u_sizeRatio"] ?? null, params.sizeRatio);
  }
}
