namespace Pellucid.Modeling.Imaging.Vips;

/// <summary>libvips refused; the message is its own, on one line. Never leaves this folder's callers.</summary>
internal sealed class VipsException(string message) : Exception(message);
