namespace Pellucid.Host.Experiments.Files;

/// <summary>Something in an experiment that cannot be used.</summary>
/// <param name="File">The file, or what stands for it where there is none.</param>
/// <param name="Line">Line from 1; 0 where there is no file.</param>
/// <param name="Column">Column from 1; 0 where there is no file.</param>
/// <param name="Field">Path of the field, such as <c>explainers[1]</c>; empty for the whole.</param>
/// <param name="Problem">What is wrong and what to do.</param>
public sealed record ExperimentProblem(string File, int Line, int Column, string Field, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => Line > 0 ? $"{File}:{Line}:{Column}: {Problem}" : $"{File}: {Field}: {Problem}";
}
