using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;

namespace Pellucid.Host.Concepts;

/// <summary>Pointing game per word, of several explainers on the same words.</summary>
internal sealed class WordPointing
{
    private readonly Dictionary<(string Explainer, string? Kind), ImageMeans> _hits = [];
    private readonly HashSet<string> _givesWords = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _kinds = new(StringComparer.Ordinal);

    /// <summary>Words that were asked of every explainer.</summary>
    public int Words { get; private set; }

    /// <summary>Words that one explainer or more had no map for, or that are about a region without a mask.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Attributes that the words are about.</summary>
    public IReadOnlyCollection<string> Kinds => _kinds;

    /// <summary>Whether an explainer gives maps of words itself.</summary>
    public bool GivesWords(string explainer) => _givesWords.Contains(explainer);

    /// <summary>Hits of an explainer, for words about one attribute or, for null, all.</summary>
    public ImageMeans Of(string explainer, string? kind) => _hits.TryGetValue((explainer, kind), out ImageMeans? hits) ? hits : _hits[(explainer, kind)] = new ImageMeans();

    /// <summary>What a map drawn blindly would have.</summary>
    public ImageMeans Chance(string? kind) => Of(string.Empty, kind);

    /// <summary>Takes a phrase of an image.</summary>
    /// <param name="units">All units.</param>
    /// <param name="explainers">Explainers that are compared.</param>
    /// <param name="phrase">Its unit of each explainer.</param>
    /// <param name="masks">Masks of the image.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task AddAsync(ConceptUnits units, IReadOnlyList<string> explainers, ConceptUnit[] phrase, RegionMasks masks, CancellationToken cancellationToken)
    {
        IReadOnlyList<HostTensor?>[] maps = new IReadOnlyList<HostTensor?>[phrase.Length];
        for (int u = 0; u < phrase.Length; u++)
        {
            (maps[u], bool ofWords) = await units.WordMapsAsync(phrase[u], cancellationToken);
            if (ofWords) _givesWords.Add(phrase[u].Unit.Explainer);
        }

        string image = phrase[0].Unit.Item.Id;
        for (int c = 0; c < phrase[0].Concepts.Count; c++)
        {
            RegionAttribute attribute = phrase[0].Concepts[c].Attribute;
            if (phrase.Length < explainers.Count || maps.Any(m => m[c] is null) || await masks.WithAsync(attribute, maps[0][c]!, cancellationToken) is not { Area: > 0 } mask)
            {
                LeftOut++;
                continue;
            }

            Words++;
            _kinds.Add(attribute.Name);
            for (int u = 0; u < phrase.Length; u++) Take(phrase[u].Unit.Explainer, attribute.Name, image, RegionMasks.Points(maps[u][c]!, mask));
            Take(string.Empty, attribute.Name, image, (double)mask.Area / (mask.Height * mask.Width));
        }
    }

    private void Take(string explainer, string kind, string image, double value)
    {
        Of(explainer, kind).Add(image, value);
        Of(explainer, null).Add(image, value);
    }
}
