namespace Pellucid.Host.Reproduce;

/// <summary>What chance would reach on an image: areas that measures are to be read against.</summary>
/// <param name="Item">Id of the image.</param>
/// <param name="OutsideBody">Share of the image outside the body; null where no body was found.</param>
/// <param name="Lesions">Mean share of the image in the masks of its findings; null where it has none.</param>
public sealed record ImageFacts(string Item, double? OutsideBody, double? Lesions);
