namespace Pellucid.Abstractions.Models;

/// <summary>Whether an adapter can load what lies in a place.</summary>
/// <param name="Matches">Whether it can.</param>
/// <param name="Reason">What it recognized, or what it missed.</param>
public sealed record AdapterProbe(bool Matches, string Reason);
