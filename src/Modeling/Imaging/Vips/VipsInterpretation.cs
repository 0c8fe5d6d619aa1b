namespace Pellucid.Modeling.Imaging.Vips;

/// <summary>VipsInterpretation: what the channels mean (the values that files of the four formats give).</summary>
internal enum VipsInterpretation
{
    MultiBand = 0,
    Gray = 1,
    Xyz = 12,
    Lab = 13,
    Cmyk = 15,
    LabQ = 16,
    Rgb = 17,
    LabS = 21,
    Srgb = 22,
    Rgb16 = 25,
    Gray16 = 26,
    ScRgb = 28,
}
