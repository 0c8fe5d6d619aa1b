using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;

namespace Pellucid.TestKit;

/// <summary>
/// Checks that an explainer keeps the contract of <see cref="IExplainer"/>: finite maps of a fitting shape, honest scores and drift,
/// the same bytes for the same seed, cancellation, no writes to the request, documented options. Run it in a test of
/// your plugin:
/// <code>
/// ExplanationRequest request = await ConformanceRequests.MatchingScoresAsync(model, image, ["a red circle", "a blue square"]);
/// ConformanceReport report = await ExplainerConformance.CheckAsync(() => new MyExplainer(new MyOptions(), runner), typeof(MyOptions), request);
/// report.ThrowIfFailed();
/// </code>
/// </summary>
public static class ExplainerConformance
{
    /// <summary>Runs all checks; one that fails does not stop the others.</summary>
    /// <param name="create">Makes the explainer; called several times, to see that instances share no state.</param>
    /// <param name="optionsType">Its options record.</param>
    /// <param name="request">What to explain: a model that offers what the explainer requires, and two or more targets if it takes several.</param>
    /// <param name="cancellationToken">Stops the checks.</param>
    public static async Task<ConformanceReport> CheckAsync(
        Func<IExplainer> create, Type optionsType, ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(optionsType);
        ArgumentNullException.ThrowIfNull(request);
        List<ConformanceFinding> findings = [];
        foreach ((string check, Func<CancellationToken, Task<string?>> run) in Checks(create, optionsType, request))
            findings.Add(new ConformanceFinding(check, await GuardAsync(run, cancellationToken)));
        return new ConformanceReport(findings);
    }

    private static IEnumerable<(string Check, Func<CancellationToken, Task<string?>> Run)> Checks(
        Func<IExplainer> create, Type optionsType, ExplanationRequest request)
    {
        yield return ("options are documented, limited and right by default", _ => Task.FromResult(OptionChecks.Check(optionsType)));
        yield return ("it says what it needs of a model", _ => Task.FromResult(Requirements(create(), request)));
        yield return ("it knows which targets it can explain", _ => Task.FromResult(KnownTargets(create(), request)));
        yield return ("there is one sound explanation for each target, in order", async token =>
            ExplanationChecks.Check(request, await create().ExplainAsync(request, token)));
        yield return ("the score is the model's, and the drift is told", async token =>
            await ScoreChecks.CheckAsync(request, await create().ExplainAsync(request, token), token));
        yield return ("the same request gives the same bytes, from one instance, a new one, and two at once", token =>
            BehaviorChecks.DeterminismAsync(create, request, token));
        yield return ("targets together give what they give alone", token => BehaviorChecks.IndependenceAsync(create(), request, token));
        yield return ("the request is not written to", token => BehaviorChecks.UntouchedAsync(create(), request, token));
        yield return ("a cancelled request ends with OperationCanceledException", _ => BehaviorChecks.CancellationAsync(create(), request));
        yield return ("progress goes from 0 to 1 and never back", token => BehaviorChecks.ProgressAsync(create(), request, token));
    }

    private static async Task<string?> GuardAsync(Func<CancellationToken, Task<string?>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run(cancellationToken);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            return $"it threw {fault.GetType().Name}: {fault.Message}";
        }
    }

    private static string? Requirements(IExplainer explainer, ExplanationRequest request)
    {
        if (explainer.Requires == ModelCapabilities.None) return "Requires is None; at least Evaluate is needed to explain a model";
        ModelCapabilities missing = explainer.Requires & ~request.Model.Capabilities;
        return missing == ModelCapabilities.None ? null : $"the model of this check lacks {missing}; check with one that has it";
    }

    private static string? KnownTargets(IExplainer explainer, ExplanationRequest request)
    {
        if (request.Targets.FirstOrDefault(t => !explainer.CanExplain(t)) is { } refused)
            return $"CanExplain is false for a target of this check, {refused.Describe()}; check with one that it can explain";
        return explainer.CanExplain(new UnknownTarget())
            ? "CanExplain is true for a kind of target that cannot be known to it; name the kinds that it handles" : null;
    }

    private sealed record UnknownTarget : ExplanationTarget
    {
        public override string Kind => "conformance/unknown";

        public override string Describe() => "a target of an unknown kind";
    }
}
