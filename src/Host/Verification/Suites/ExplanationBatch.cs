using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Host.Verification.Comparison;
using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites;

/// <summary>
/// Cases that ask an explainer: those that share explainer, image and kind of target are one request, so that an image is
/// encoded once for all its texts and outputs.
/// </summary>
/// <param name="manifest">The suite.</param>
/// <param name="run">Where results go.</param>
internal sealed class ExplanationBatch(SuiteManifest manifest, SuiteRun run)
{
    private readonly Dictionary<Key, List<Member>> _groups = [];

    /// <summary>Adds a case.</summary>
    /// <param name="c">The case.</param>
    /// <param name="spec">The explainer, as a user writes it.</param>
    /// <param name="model">The model.</param>
    /// <param name="image">The image.</param>
    /// <param name="target">What is explained.</param>
    /// <param name="read">Takes from the explanation what the case holds.</param>
    /// <param name="explainText">Whether word importances are wanted.</param>
    /// <param name="draws">Stored tensors to replay.</param>
    public void Add(
        ManifestCase c, string spec, IVisionLanguageModel model, ImageInput image, ExplanationTarget target, Func<Explanation, Computed> read, bool explainText = false,
        IReadOnlyList<StoredDraw>? draws = null)
    {
        var key = new Key(spec, model, image.Name, target.Kind, explainText, string.Join(' ', (draws ?? []).Select(d => $"{d.Name}={d.File}:{d.Key}")));
        if (!_groups.TryGetValue(key, out List<Member>? members)) _groups[key] = members = [];
        members.Add(new Member(c, image, target, read, draws ?? []));
    }

    /// <summary>Explains and compares all.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach ((Key key, List<Member> members) in _groups)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<ExplanationTarget> targets = [.. members.Select(m => m.Target).Distinct()];
            IReadOnlyList<Explanation> explanations;
            try
            {
                explanations = await run.Explainer(key.Spec).ExplainAsync(
                    new ExplanationRequest
                    {
                        Model = key.Model, Image = members[0].Image, Targets = targets, ExplainText = key.ExplainText,
                        Draws = StoredDraw.Read(manifest, members[0].Draws),
                    },
                    cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                foreach (Member m in members) run.Failed(m.Case.Id, m.Case.Method, $"{key.Spec}: {CaseFaults.Describe(fault)}");
                continue;
            }

            foreach (Member m in members)
            {
                Explanation explanation = explanations[targets.IndexOf(m.Target)];
                await run.ComputeAsync(manifest, m.Case, () => Task.FromResult(m.Read(explanation)));
            }
        }
    }

    private sealed record Key(string Spec, IVisionLanguageModel Model, string Image, string TargetKind, bool ExplainText, string Draws);

    private sealed record Member(ManifestCase Case, ImageInput Image, ExplanationTarget Target, Func<Explanation, Computed> Read, IReadOnlyList<StoredDraw> Draws);
}
