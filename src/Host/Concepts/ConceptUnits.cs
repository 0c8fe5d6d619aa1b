using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;

namespace Pellucid.Host.Concepts;

/// <summary>The units of an experiment by what their texts say.</summary>
internal sealed class ConceptUnits
{
    private readonly IReportResults _results;
    private readonly ILookup<(string Model, string Explainer, string Item), ConceptUnit> _units;

    public ConceptUnits(IReportResults results)
    {
        _results = results;
        All = [.. results.Units.Where(u => u.Target.Text is not null).Select(u => new ConceptUnit(u, Concept.In(u.Target.Text!, u.Item))).Where(u => u.Concepts.Count > 0)];
        _units = All.ToLookup(u => (u.Unit.Model, u.Unit.Explainer, u.Unit.Item.Id));
    }

    /// <summary>Units whose text says something that is known of regions, in order.</summary>
    public IReadOnlyList<ConceptUnit> All { get; }

    /// <summary>The unit of the same image, model and explainer whose text says one attribute and nothing else that is known; null where there is none.</summary>
    public ConceptUnit? Alone(ReportUnit like, RegionAttribute attribute) =>
        _units[(like.Model, like.Explainer, like.Item.Id)].FirstOrDefault(u => u.Concepts.Count == 1 && u.Concepts[0].Attribute == attribute);

    /// <summary>Units of the same image, model and explainer whose texts say several things.</summary>
    public IEnumerable<ConceptUnit> Phrases(ReportUnit like) => _units[(like.Model, like.Explainer, like.Item.Id)].Where(u => u.Concepts.Count > 1);

    /// <summary>The map of a unit at the size of its image; null where there is none, or it says nothing.</summary>
    public async Task<HostTensor?> MapAsync(ReportUnit unit, CancellationToken cancellationToken)
    {
        if (unit.Failure is not null || unit.Undefined is not null) return null;
        HostTensor? map = await _results.LoadImageMapAsync(unit, cancellationToken);
        return map is not null && map.Floats.ContainsAnyExcept(map.Floats[0]) ? map : null;
    }

    /// <summary>The map of each concept of a phrase: from the method's own maps of words, where it gives them, else from the units that say that concept alone.</summary>
    /// <returns>Maps in the order of the concepts; null where one has none.</returns>
    public async Task<(IReadOnlyList<HostTensor?> Maps, bool OfWords)> WordMapsAsync(ConceptUnit phrase, CancellationToken cancellationToken)
    {
        HostTensor?[] maps = new HostTensor?[phrase.Concepts.Count];
        if (phrase.Unit.Failure is not null) return (maps, false);
        IReadOnlyList<ReportWordMap> words = await _results.LoadWordMapsAsync(phrase.Unit, cancellationToken);
        for (int c = 0; c < maps.Length; c++)
        {
            Concept concept = phrase.Concepts[c];
            if (words.Count == 0) maps[c] = Alone(phrase.Unit, concept.Attribute) is { } alone ? await MapAsync(alone.Unit, cancellationToken) : null;
            else maps[c] = Sum([.. WordsOf(words, concept).Select(w => w.Map)]);
        }

        return (maps, words.Count > 0);
    }

    /// <summary>The sum of maps; null of none.</summary>
    public static HostTensor? Sum(IReadOnlyList<HostTensor> maps)
    {
        if (maps.Count == 0) return null;
        float[] sum = new float[maps[0].Length];
        foreach (HostTensor map in maps) System.Numerics.Tensors.TensorPrimitives.Add(sum, map.Floats, sum);
        return HostTensor.Of(sum, maps[0].Shape);
    }

    /// <summary>The tokenizer's words that a concept stands in. Both count words of letters and digits, so that places agree; punctuation between is passed over.</summary>
    private static IEnumerable<ReportWordMap> WordsOf(IReadOnlyList<ReportWordMap> words, Concept concept)
    {
        int place = 0;
        foreach (ReportWordMap word in words)
        {
            int parts = Concept.Words(word.Word).Length;
            if (parts > 0 && place < concept.FirstWord + concept.WordCount && place + parts > concept.FirstWord) yield return word;
            place += parts;
        }
    }
}
