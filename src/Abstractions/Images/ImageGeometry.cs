namespace Pellucid.Abstractions.Images;

/// <summary>
/// Where a model's input pixels lie on the original image, so that maps can be drawn back onto it. Coordinates are
/// continuous with pixel (0, 0) covering [0, 1) x [0, 1): source = Offset + input x Scale, for each axis.
/// </summary>
/// <param name="SourceWidth">Columns of the original image.</param>
/// <param name="SourceHeight">Rows of the original image.</param>
/// <param name="Width">Columns of the model's input.</param>
/// <param name="Height">Rows of the model's input.</param>
/// <param name="OffsetX">Source x of the input's left edge; negative where the input was padded.</param>
/// <param name="OffsetY">Source y of the input's top edge; negative where the input was padded.</param>
/// <param name="ScaleX">Source columns that one input column covers.</param>
/// <param name="ScaleY">Source rows that one input row covers.</param>
public sealed record ImageGeometry(
    int SourceWidth, int SourceHeight, int Width, int Height,
    double OffsetX, double OffsetY, double ScaleX, double ScaleY)
{
    /// <summary>The geometry of an image that is fed to the model as it is.</summary>
    public static ImageGeometry Identity(int width, int height) => new(width, height, width, height, 0, 0, 1, 1);

    /// <summary>Whether input and original are the same pixels.</summary>
    public bool IsIdentity =>
        SourceWidth == Width && SourceHeight == Height && OffsetX == 0 && OffsetY == 0 && ScaleX == 1 && ScaleY == 1;

    /// <summary>The point of the original image under a point of the model's input.</summary>
    public (double X, double Y) ToSource(double x, double y) => (OffsetX + x * ScaleX, OffsetY + y * ScaleY);

    /// <summary>The point of the model's input over a point of the original image; may lie outside the input (cropped away).</summary>
    public (double X, double Y) ToInput(double x, double y) => ((x - OffsetX) / ScaleX, (y - OffsetY) / ScaleY);
}
