namespace Pellucid.Modeling.Imaging.Vips;

/// <summary>VipsBandFormat: the type of one channel of a pixel.</summary>
internal enum VipsFormat
{
    UInt8 = 0,
    Int8 = 1,
    UInt16 = 2,
    Int16 = 3,
    UInt32 = 4,
    Int32 = 5,
    Float32 = 6,
    Complex64 = 7,
    Float64 = 8,
    Complex128 = 9,
}
