using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Comparison;
using Pellucid.Host.Verification.Manifests;
using Pellucid.Host.Verification.Models;

namespace Pellucid.Host.Verification.Suites;

/// <summary>Cases of CLIP Surgery: one image with all texts, tokens first.</summary>
internal sealed class ClipSurgeryCases(SuiteManifest manifest, SuiteRun run, ReferenceModel model)
{
    private readonly Dictionary<(string Spec, int Image, string Draws), IReadOnlyList<Explanation>> _explained = [];

    /// <summary>Computes and compares a case.</summary>
    public async Task ComputeAsync(ManifestCase c, CancellationToken cancellationToken)
    {
        SpecMapping mapping = ExplainerSpecs.Map(c.Method, c);
        if (mapping.Spec is null) run.NotImplemented(c.Id, c.Method, mapping.Reason!);
        else await run.ComputeAsync(manifest, c, async () => Read(c, await ExplainAsync(c, mapping, cancellationToken)));
    }

    private async Task<IReadOnlyList<Explanation>> ExplainAsync(ManifestCase c, SpecMapping mapping, CancellationToken cancellationToken)
    {
        var key = (mapping.Spec!, c.ImageIndex ?? 0, string.Join(' ', (mapping.Draws ?? []).Select(d => d.Key)));
        if (_explained.TryGetValue(key, out IReadOnlyList<Explanation>? known)) return known;
        return _explained[key] = await run.Explainer(mapping.Spec!).ExplainAsync(
            new ExplanationRequest
            {
                Model = model.Model,
                Image = model.Image(c.ImageIndex ?? 0),
                Targets = [.. model.Texts.Select(t => new MatchingScoreTarget(t))],
                ExplainText = false,
                Draws = StoredDraw.Read(manifest, mapping.Draws ?? []),
            },
            cancellationToken);
    }

    private Computed Read(ManifestCase c, IReadOnlyList<Explanation> explanations)
    {
        if (c.LastPart == "text_ensemble") return new Computed(Stack(explanations.Select(e => e.Details["text-embedding"])));
        if (c.LastPart == "final")
        {
            ImageSize size = model.Image(c.ImageIndex ?? 0).Size;
            Computed[] maps = [.. explanations.Select(e => ClipForms.Final(e.Image!, size))];
            return new Computed(Stack(maps.Select(m => m.Values)), maps.Select(m => m.Undefined).FirstOrDefault(u => u is not null));
        }

        HostTensor rows = Stack(explanations.Select(e => e.Details["similarities"]));
        int texts = (int)rows.Shape[0], tokens = (int)rows.Shape[1];
        float[] transposed = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++) transposed[((i % tokens) * texts) + (i / tokens)] = rows.Floats[i];
        return new Computed(HostTensor.Of(transposed, tokens, texts));
    }

    private static HostTensor Stack(IEnumerable<HostTensor> tensors)
    {
        HostTensor[] parts = [.. tensors];
        return HostTensor.Of([.. parts.SelectMany(p => p.Floats.ToArray())], new TensorShape([parts.Length, .. parts[0].Shape]));
    }
}
