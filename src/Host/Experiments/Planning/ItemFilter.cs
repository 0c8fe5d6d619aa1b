using System.Text.RegularExpressions;
using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Files;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>Which items of a data set an experiment takes.</summary>
internal static class ItemFilter
{
    /// <summary>Ids that a pattern without a match is compared with, to tell of the nearest.</summary>
    private const int ComparedIds = 2000;

    /// <summary>Reads a data set; gives its labels (all of them, so that what is chosen among does not hang on how many images are taken) and keeps what was asked for; notes patterns and splits that nothing has.</summary>
    public static async Task<(IReadOnlyList<DatasetItem> Items, IReadOnlyList<string> Labels)> TakeAsync(
        DatasetChoice choice, IDatasetReader reader, DatasetRequest request, ExperimentProblems problems, CancellationToken cancellationToken)
    {
        Regex[] patterns = [.. choice.Items.Select(p => new Regex($"^{Regex.Escape(p).Replace(@"\*", ".*", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1)))];
        bool[] used = new bool[patterns.Length];
        HashSet<string> splits = new(StringComparer.Ordinal);
        SortedSet<string> labels = new(StringComparer.Ordinal);
        int read = 0;
        List<string> ids = [];
        List<DatasetItem> taken = [];
        await foreach (DatasetItem item in reader.ReadAsync(request, cancellationToken))
        {
            read++;
            if (ids.Count < ComparedIds) ids.Add(item.Id);
            labels.UnionWith(item.Labels);
            if (item.Split is not null) splits.Add(item.Split);
            bool wanted = patterns.Length == 0;
            for (int p = 0; p < patterns.Length; p++)
            {
                if (!patterns[p].IsMatch(item.Id)) continue;
                wanted = used[p] = true;
            }

            if (wanted && (choice.Split is null || choice.Split == item.Split) && taken.Count < (choice.Limit ?? int.MaxValue)) taken.Add(item);
        }

        for (int p = 0; p < patterns.Length; p++)
        {
            if (!used[p]) problems.Add($"dataset.items[{p}]", $"no image of the data set has an id like '{choice.Items[p]}'{NearestNames.Suffix(choice.Items[p], ids)}");
        }

        if (choice.Split is { } split && !splits.Contains(split)) problems.Add("dataset.split", $"the data set has no part '{split}'; it has {(splits.Count == 0 ? "none" : string.Join(", ", splits.Order(StringComparer.Ordinal)))}");
        else if (taken.Count == 0 && problems.None) problems.Add("dataset", read == 0 ? "there is no image in the data set" : "no image of the data set has all that is asked for");
        return (taken, [.. labels]);
    }
}
