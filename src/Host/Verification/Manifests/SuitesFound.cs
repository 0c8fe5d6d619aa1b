namespace Pellucid.Host.Verification.Manifests;

/// <summary>The suites that a folder is or holds.</summary>
/// <param name="Manifests">Those whose manifests can be read, in the order of their paths.</param>
/// <param name="Unreadable">Folders whose manifests cannot, and why.</param>
/// <param name="IsOne">Whether the folder is itself the only suite.</param>
internal sealed record SuitesFound(IReadOnlyList<SuiteManifest> Manifests, IReadOnlyList<(string Folder, string Reason)> Unreadable, bool IsOne);
