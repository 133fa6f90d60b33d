import { describe, expect, it } from "vitest";
import type { Pin } from "./pins";
import { fitted, graticuleStep, middleLongitude, moved, pixelsPerKm, scaleBar } from "./view";

const SIZE = { width: 800, height: 600 };
const pin = (lat: number, lon: number) => ({ id: `${lat} ${lon}`, lat, lon, name: "", precision: "site", kind: "certain" }) as Pin;

describe("the view of the map", () => {
  it("holds the circle, or all pins", () => {
    const projection = fitted([], { centre: [48.8, 44.8], km: 100 }, SIZE);
    const centre = projection([44.8, 48.8]) ?? [0, 0];
    expect(centre.map(Math.round)).toEqual([400, 300]);
    const north = projection([44.8, 48.8 + 100 / 111.32]) ?? [0, 0];
    expect(centre[1] - north[1]).toBeCloseTo(100 * pixelsPerKm(projection), -1);
    const wide = fitted([pin(43, 131), pin(54, 20), pin(68, 33)], undefined, SIZE);
    for (const [lon, lat] of [[131, 43], [20, 54], [33, 68]] as const) {
      const [x, y] = wide([lon, lat]) ?? [-1, -1];
      expect(x > 0 && y > 0 && x < 800 && y < 600).toBe(true);
    }
  });

  it("is filled by thousands of pins, and none is outside", () => {
    const pins = Array.from({ length: 2000 }, (_, n) => pin(45 + 15 * ((n * 0.618034) % 1), 35 + 45 * ((n * 0.7548777) % 1)));
    const projection = fitted(pins, undefined, SIZE);
    const at = pins.map(({ lat, lon }) => projection([lon, lat]) ?? ([-1, -1] as [number, number]));
    const xs = at.map(([x]) => x);
    const ys = at.map(([, y]) => y);
    expect(Math.min(...xs)).toBeGreaterThan(36);
    expect(Math.max(...xs)).toBeLessThan(800 - 36);
    expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(800 - 2 * 60);
    expect(Math.min(...ys)).toBeGreaterThan(64);
    expect(Math.max(...ys)).toBeLessThan(600 - 64);
  });

  it("goes the short way round the antimeridian", () => {
    expect(Math.abs(middleLongitude([170, -170]))).toBe(180);
    expect(middleLongitude([40, 50])).toBe(45);
    expect(middleLongitude([44])).toBe(44);
  });

  it("zooms about the point that is held", () => {
    const base = fitted([], { centre: [48.8, 44.8], km: 100 }, SIZE);
    const same = moved(base, base.rotate()[0], { k: 1, x: 0, y: 0 }, SIZE);
    expect(same([45, 49])?.map(Math.round)).toEqual(base([45, 49])?.map(Math.round));
    const twice = moved(base, base.rotate()[0], { k: 2, x: -400, y: -300 }, SIZE);
    expect(twice([44.8, 48.8])?.map(Math.round)).toEqual([400, 300]);
  });

  it("has a scale bar of a round length that fits", () => {
    expect(scaleBar(1.3, 120)).toEqual({ km: 50, pixels: 65 });
    expect(scaleBar(100, 120).km).toBe(1);
  });

  it("draws a few lines of the graticule at any zoom", () => {
    expect(graticuleStep(3.5, 800)).toBe(0.5);
    expect(graticuleStep(0.1, 800)).toBe(10);
  });
});
