using System.Globalization;
using System.Text;

namespace Pellucid.Host.Reproduce;

/// <summary>measures.csv (RFC 4180, line feeds): a row an image, approach and method.</summary>
internal static class MeasuresCsv
{
    public static byte[] ToBytes(StudyFindings findings)
    {
        StringBuilder csv = new();
        csv.AppendJoin(',', ["item", "approach", "method", .. Enum.GetNames<StudyMeasure>().Select(Options.OptionNames.ToKebab), "classes_without_map"]).Append('\n');
        foreach (ImageMeasures row in findings.Measures)
        {
            csv.AppendJoin(',', [
                Quoted(row.Item), Options.OptionNames.ToKebab(row.Approach.ToString()), Quoted(row.Method),
                .. Enum.GetValues<StudyMeasure>().Select(m => row.Of(m)?.ToString("R", CultureInfo.InvariantCulture)), row.WithoutMap.ToString(CultureInfo.InvariantCulture),
            ]).Append('\n');
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
