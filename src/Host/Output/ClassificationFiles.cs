using System.Globalization;
using System.Text;
using Pellucid.Host.Classifying;

namespace Pellucid.Host.Output;

/// <summary>Writes the files of a classification.</summary>
public static class ClassificationFiles
{
    /// <summary>Writes all of them; the folder appears when they are complete.</summary>
    /// <param name="output">Folder of the results, begun with <see cref="ResultFiles.Classification"/>.</param>
    /// <param name="result">What was found.</param>
    /// <exception cref="Graphs.PellucidException">The folder cannot be written.</exception>
    public static void Write(OutputFolder output, ClassifyResult result)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(result);
        output.Write(ResultFiles.Scores, Encoding.UTF8.GetBytes(Csv(result)));
        output.Write(ResultFiles.Classification, ClassificationJson.ToBytes(result));
        output.Commit();
    }

    private static string Csv(ClassifyResult result)
    {
        int classes = result.Prompts.Classes.Count;
        StringBuilder csv = new();
        csv.Append("Path,").AppendJoin(',', result.Prompts.Classes.Select(c => Field(c.Name))).Append('\n');
        for (int i = 0; i < result.Images.Count; i++)
        {
            csv.Append(Field(result.Images[i].File));
            for (int c = 0; c < classes; c++) csv.Append(',').Append(result.Scores.Floats[(i * classes) + c].ToString("R", CultureInfo.InvariantCulture));
            csv.Append('\n');
        }

        return csv.ToString();
    }

    private static string Field(string text) =>
        text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
