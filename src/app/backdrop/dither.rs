//! Levels between those that a display has, as a fine pattern of the two around each: else what changes little over a
//! large surface stands there in bands.

/// A pixel for these levels of red, green and blue, by its place. The pattern is fixed and moves nothing.
pub fn dithered([red, green, blue]: [f32; 3], x: u32, y: u32) -> [u8; 4] {
    let noise = noise(x, y);
    // Green carries most of the light: turned round, what one adds the others take.
    let level = |level: f32, noise: f32| (level + noise) as u8;
    [
        level(red, noise),
        level(green, 1.0 - noise),
        level(blue, noise),
        255,
    ]
}

/// Interleaved gradient noise, 0 to 1: spread evenly over any few neighbours (Jimenez, "Next Generation Post Processing in
/// Call of Duty: Advanced Warfare", 2014), in whole numbers of 32 bits.
fn noise(x: u32, y: u32) -> f32 {
    /// 0.06711056 and 0.00583715 of the whole range, and 52.9829189 in steps of a 65536th.
    const ACROSS: u32 = 288_237_660;
    const DOWN: u32 = 25_070_369;
    const FOLD: u64 = 3_472_289;
    let line = x.wrapping_mul(ACROSS).wrapping_add(y.wrapping_mul(DOWN));
    let folded = (u64::from(line) * FOLD) >> 16;
    (folded as u32 >> 8) as f32 / (1_u32 << 24) as f32
}
