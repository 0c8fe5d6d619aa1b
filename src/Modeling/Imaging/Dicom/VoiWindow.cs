namespace Pellucid.Modeling.Imaging.Dicom;

/// <summary>Which values are shown, from black (0) to white (1): PS3.3 C.11.2.1.2 and C.11.2.1.3.</summary>
/// <param name="Center">c.</param>
/// <param name="Width">w.</param>
/// <param name="Function">LINEAR, LINEAR_EXACT or SIGMOID.</param>
internal sealed record VoiWindow(double Center, double Width, string Function)
{
    private const string Linear = "LINEAR", LinearExact = "LINEAR_EXACT", Sigmoid = "SIGMOID";

    /// <summary>The file's first window; null where it has none.</summary>
    public static VoiWindow? Of(DicomFile file)
    {
        if (file.Decimal(DicomTag.WindowCenter) is not { } center || file.Decimal(DicomTag.WindowWidth) is not { } width) return null;
        string function = file.Text(DicomTag.VoiFunction) ?? Linear;
        if (function is not (Linear or LinearExact or Sigmoid)) throw file.Unusable(DicomTag.VoiFunction, $"is {function}; {Linear}, {LinearExact} and {Sigmoid} are known");
        if (function == Linear ? width < 1 : width <= 0) throw file.Unusable(DicomTag.WindowWidth, $"is {width}; {(function == Linear ? "at least 1" : "more than 0")} is needed");
        return new VoiWindow(center, width, function);
    }

    /// <summary>From one value to another; where there is but one, everything is black.</summary>
    public static VoiWindow Covering(double least, double greatest) => least < greatest
        ? new VoiWindow((least + greatest) / 2, greatest - least, LinearExact)
        : new VoiWindow(double.PositiveInfinity, 1, LinearExact);

    /// <summary>How bright a value is, 0 to 1.</summary>
    public double Apply(double x) => Function switch
    {
        Sigmoid => 1 / (1 + Math.Exp(-4 * (x - Center) / Width)),
        LinearExact => Math.Clamp((x - (Center - (Width / 2))) / Width, 0, 1),
        _ when x <= Center - 0.5 - ((Width - 1) / 2) => 0,
        _ when x > Center - 0.5 + ((Width - 1) / 2) => 1,
        _ => ((x - (Center - 0.5)) / (Width - 1)) + 0.5,
    };
}
