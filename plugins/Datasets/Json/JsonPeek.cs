using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets.Json;

/// <summary>What the beginning of a JSON file tells of its layout.</summary>
/// <param name="Names">Properties of its object up to and with the first list that is not empty; none where it is a list.</param>
/// <param name="Fields">Properties of the first element of that list.</param>
/// <param name="Problem">What is wrong with it; null where nothing is.</param>
internal sealed record JsonPeek(IReadOnlyList<string> Names, IReadOnlyList<string> Fields, string? Problem)
{
    /// <summary>Looks at a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="list">Look at the first element of this list; null for the first element of any.</param>
    public static JsonPeek At(string file, string? list = null)
    {
        try
        {
            using JsonRecords records = new(file);
            while (records.Read(out JsonRecord record))
            {
                if (list is not null && record.List != list && record.Index < 1000) continue;
                using JsonDocument document = record.Parse();
                string[] fields = document.RootElement.ValueKind == JsonValueKind.Object ? [.. document.RootElement.EnumerateObject().Select(p => p.Name)] : [];
                return new JsonPeek([.. records.Names], list is null || record.List == list ? fields : [], null);
            }

            return new JsonPeek([.. records.Names], [], null);
        }
        catch (Exception e) when (e is PellucidException or InvalidOperationException)
        {
            return new JsonPeek([], [], e.Message);
        }
    }

    /// <summary>Whether the first element has all of some properties.</summary>
    public bool HasFields(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (!Fields.Contains(name, StringComparer.Ordinal)) return false;
        }

        return true;
    }
}
