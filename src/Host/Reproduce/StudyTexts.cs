using System.Globalization;
using Pellucid.Host.Statistics;

namespace Pellucid.Host.Reproduce;

/// <summary>Numbers and names as tables show them.</summary>
internal static class StudyTexts
{
    public static string Name(StudyApproach approach) => approach switch
    {
        StudyApproach.Plain => "plain",
        StudyApproach.Prompts => "fused, prompts",
        _ => "fused, labels",
    };

    public static string Number(double? value) => value is { } number ? number.ToString("F3", CultureInfo.InvariantCulture) : "none";

    public static string Signed(double? value) => value is { } number ? number.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture) : "none";

    public static string Range(ConfidenceInterval? interval, bool signed = false) =>
        interval is not { } i ? "no interval" : signed ? $"{Signed(i.Low)} to {Signed(i.High)}" : $"{Number(i.Low)} to {Number(i.High)}";

    public static string PValue(double? value) => value is not { } p ? string.Empty : p < 0.001 ? "< 0.001" : Number(p);
}
