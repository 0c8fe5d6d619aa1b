using System.Globalization;
using Pellucid.Graphs;
using Pellucid.Host.Data;

namespace Pellucid.Host.Reproduce.GradEclip;

/// <summary>
/// Published numbers from a file that the user gives: CSV with the columns <c>part, explainer, metric, data, model, value, source</c>. They are
/// shown beside ours where data set and model are the same, and nowhere else. None are shipped: a number that we have not seen in its source
/// would be made up.
/// </summary>
internal sealed class PublishedValues
{
    private static readonly string[] Columns = ["part", "explainer", "metric", "data", "model", "value", "source"];
    private readonly string _file;
    private readonly IReadOnlyList<PublishedValue> _values;

    private PublishedValues(string file, IReadOnlyList<PublishedValue> values) => (_file, _values) = (file, values);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="services">Knows explainers and metrics, so that equal ones are equal however they are written.</param>
    /// <exception cref="PellucidException">It cannot be read, or a line of it cannot be used; the message names the line.</exception>
    public static PublishedValues Read(string path, HostServices services)
    {
        CsvTable table = CsvTable.Read(path);
        int[] columns = [.. Columns.Select(table.IndexOf)];
        Dictionary<(string, string, string, string, string), PublishedValue> values = [];
        foreach (CsvRow row in table.Rows)
        {
            PublishedValue value = Parse(path, row.Line, [.. columns.Select(c => row.Fields[c].Trim())], services);
            if (!values.TryAdd((value.Part, value.Explainer, value.Metric, value.Data, value.Model), value)) throw Wrong(path, row.Line, "the same value stands in an earlier line");
        }

        return new PublishedValues(path, [.. values.Values]);
    }

    /// <summary>What was published for a part of the study with a model on a data set; null where nothing was.</summary>
    public PublishedValue? Find(string part, string explainer, string metric, PaperSetting setting) =>
        _values.FirstOrDefault(v => v.Part == part && v.Explainer == explainer && v.Metric == metric && v.Data == setting.Data && v.Model == setting.Model);

    /// <summary>What stands beside our numbers, in words.</summary>
    public string Describe(PaperSetting setting)
    {
        if (setting.Data is null) return $"The values of {Path.GetFileName(_file)} are not shown: this is none of the paper's data sets ({string.Join(", ", PaperSetting.DataSets)}).";
        if (setting.Model is null) return $"The values of {Path.GetFileName(_file)} are not shown: the model has the layout of none of the published CLIP models ({string.Join(", ", PaperSetting.Models)}).";
        return _values.Any(v => v.Data == setting.Data && v.Model == setting.Model)
            ? $"Published values ({Path.GetFileName(_file)}) are those of {setting.Model} on {setting.Data}. The model was recognized by its layout, which weights of another training share."
            : $"{Path.GetFileName(_file)} has no value of {setting.Model} on {setting.Data}.";
    }

    private static PublishedValue Parse(string path, int line, string[] fields, HostServices services)
    {
        if (!GradEclipStudies.Names.Contains(fields[0], StringComparer.Ordinal)) throw Wrong(path, line, $"there is no part '{fields[0]}'; known: {string.Join(", ", GradEclipStudies.Names)}{NearestNames.Suffix(fields[0], GradEclipStudies.Names)}");
        if (!PaperSetting.DataSets.Contains(fields[3], StringComparer.Ordinal)) throw Wrong(path, line, $"'{fields[3]}' is none of the data sets {string.Join(", ", PaperSetting.DataSets)}{NearestNames.Suffix(fields[3], PaperSetting.DataSets)}");
        if (!PaperSetting.Models.Contains(fields[4], StringComparer.Ordinal)) throw Wrong(path, line, $"'{fields[4]}' is none of the models {string.Join(", ", PaperSetting.Models)}{NearestNames.Suffix(fields[4], PaperSetting.Models)}");
        if (!double.TryParse(fields[5], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value)) throw Wrong(path, line, $"the value '{fields[5]}' is no number");
        if (fields[6].Length == 0) throw Wrong(path, line, "the source is empty: say where the value was published");
        try
        {
            // As heads of tables have it: a metric, or one of its further numbers behind a colon.
            int colon = fields[2].LastIndexOf(": ", StringComparison.Ordinal);
            bool detailed = colon > 0 && !fields[2].AsSpan(colon).Contains(')');
            string metric = MethodTable.NameOf(services.Metrics.Parse(detailed ? fields[2][..colon] : fields[2]).Text, detailed ? fields[2][(colon + 2)..] : null);
            return new PublishedValue(fields[0], services.Explainers.Parse(fields[1]).Text, metric, fields[3], fields[4], value, fields[6]);
        }
        catch (PellucidException e)
        {
            throw Wrong(path, line, e.Message);
        }
    }

    private static PellucidException Wrong(string path, int line, string problem) => new($"'{path}', line {line}: {problem}");
}
