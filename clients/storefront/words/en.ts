/** Everything the storefront says in English. `zh.ts` has the same shape; `{{x}}` is filled in. */
import { sharedEn } from '../../shared/words/en.ts';

export const en = {
  ...sharedEn,
  shop: { name: 'GoMall', tagline: 'Good things for every day', description: 'Everyday things that last, at honest prices, delivered in a few days.' },
  nav: {
    skip: 'Skip to content', main: 'Main', categories: 'Categories', all: 'All products', account: 'Account', signIn: 'Sign in', cart: 'Cart',
    cartCount_one: 'Cart, {{count}} item', cartCount_other: 'Cart, {{count}} items', language: '中文', languageLabel: '切换到中文', menu: 'Menu',
    close: 'Close', home: 'Home', toLight: 'Use light colours', toDark: 'Use dark colours', breadcrumb: 'You are here',
    footerHelp: 'Help', footerShop: 'Shop', footerAbout: 'About', orders: 'Your orders', sandbox: 'Try our GraphQL API', admin: 'For merchants',
    promise: 'A shop to try things out in: nothing is charged, nothing is shipped.',
  },
  search: {
    label: 'Search', placeholder: 'What are you looking for?', submit: 'Search', clear: 'Clear', suggestions: 'Suggestions', products: 'Products', words: 'Searches',
    suggestionCount_one: '{{count}} suggestion. Use the arrow keys.', suggestionCount_other: '{{count}} suggestions. Use the arrow keys.', noSuggestions: 'No suggestions.',
    title: 'Results for “{{query}}”', titleEmpty: 'Search', corrected: 'Showing results for “{{corrected}}” instead of “{{query}}”.',
    none: 'Nothing found for “{{query}}”', noneHint: 'Try fewer or other words, or look through the categories.',
  },
  list: {
    count_one: '{{count}} product', count_other: '{{count}} products', sort: 'Sort by', filters: 'Filters', showFilters: 'Filters', showResults_one: 'Show {{count}} product',
    showResults_other: 'Show {{count}} products', clearAll: 'Clear all', remove: 'Remove filter: {{label}}', price: 'Price', priceFrom: 'From', priceTo: 'To', apply: 'Apply',
    inStock: 'In stock only', availability: 'Availability', category: 'Category', more: 'Show more', shown: '{{shown}} of {{total}} shown', moreValues: 'Show all {{count}}', fewerValues: 'Show fewer',
    none: 'Nothing matches these filters', noneHint: 'Take one away, or start over.', emptyCategory: 'Nothing here yet', emptyCategoryHint: 'New things arrive often. Meanwhile, have a look around.',
    sorts: { BEST_SELLING: 'Most popular', NEWEST: 'Newest', PRICE_ASC: 'Price: low to high', PRICE_DESC: 'Price: high to low', RATING: 'Best rated' },
    facets: { brand: 'Brand', material: 'Material', color: 'Colour', colour: 'Colour', size: 'Size', style: 'Style', category: 'Category', audience: 'For whom', room: 'Room', diet: 'Diet', season: 'Season', power: 'Power', weight: 'Weight', capacity: 'Capacity', length: 'Length', binding: 'Binding', height: 'Height', width: 'Width', bottles: 'Bottles', memory: 'Memory', storage: 'Storage', ring_size: 'Ring size', strength: 'Strength', diameter: 'Diameter', frame: 'Frame', scent: 'Scent', pieces: 'Pieces', tins: 'Tins', capsules: 'Capsules', serves: 'Serves', bars: 'Bars', bristles: 'Bristles', tip: 'Tip', people: 'People', layout: 'Layout', grip: 'Grip' },
    from: 'from {{price}}', subcategories: 'Within {{name}}',
  },
  /** Values of options that goods keep in one language only. */
  values: { black: 'Black', white: 'White', grey: 'Grey', gray: 'Gray', red: 'Red', blue: 'Blue', navy: 'Navy', teal: 'Teal', green: 'Green', olive: 'Olive', sage: 'Sage', mint: 'Mint', forest: 'Forest', yellow: 'Yellow', mustard: 'Mustard', orange: 'Orange', coral: 'Coral', pink: 'Pink', rose: 'Rose', purple: 'Purple', plum: 'Plum', lilac: 'Lilac', brown: 'Brown', tan: 'Tan', camel: 'Camel', sand: 'Sand', beige: 'Beige', cream: 'Cream', natural: 'Natural', charcoal: 'Charcoal', silver: 'Silver', gold: 'Gold', clear: 'Clear', terracotta: 'Terracotta', burgundy: 'Burgundy', sky_blue: 'Sky blue', sky: 'Sky', indigo: 'Indigo', turquoise: 'Turquoise', ivory: 'Ivory', multicolour: 'Multicolour', soft: 'Soft', medium: 'Medium', plain: 'Plain', lavender: 'Lavender', cedar: 'Cedar' },
  home: {
    heroTitle: 'Good things for every day', heroText: 'Carefully picked, honestly priced. Free shipping on larger orders.', heroAction: 'See what is new', heroOffer: 'Save {{percent}}%', heroOfferText: 'Today’s offer: {{name}}',
    heroOfferAction: 'To the offer', categories: 'Find your way', newest: 'New arrivals', selling: 'Popular right now', loved: 'Loved by those who bought', reasonLoved: 'Rated best by buyers', reasonSelling: 'Bought most often', seeAll: 'See all',
    promises: { delivery: ['Delivered in 2–4 days', 'With tracking, to your door'], returns: ['Cancel until it ships', 'Your money goes straight back'], pay: ['Pay without an account', 'One page, a minute'] },
  },
  recommended: { forYou: 'For you', goesWith: 'Goes with what is in your cart', everywhere: 'Liked in every department' },
  product: {
    gallery: 'Pictures of {{name}}', picture: 'Picture {{n}} of {{total}}', previous: 'Previous picture', next: 'Next picture', zoom: 'Enlarge', zoomHint: 'Use the arrow keys to look through the pictures.',
    save: 'Save {{percent}}%', before: 'Before', now: 'Now', inStock: 'In stock', left_one: '{{count}} left', left_other: '{{count}} left', soldOut: 'Sold out', unknownStock: 'We will tell you in the cart whether it is in stock.',
    option: 'Choose {{name}}', soldOutOption: '{{value}}, sold out', unavailableOption: '{{value}}, not available with this choice', quantity: 'Quantity', less: 'One fewer', moreOf: 'One more', add: 'Add to cart', adding: 'Adding …', added: '{{name}} is in your cart.',
    delivery: 'Delivered {{from}} – {{to}}', deliveryHint: 'When you order now', description: 'About it', facts: 'Details', brand: 'Brand', sku: 'Article no.',
    reviews: 'Reviews', reviewCount_one: '{{count}} review', reviewCount_other: '{{count}} reviews', noReviews: 'No reviews yet', noReviewsHint: 'Whoever bought it can be the first to write one.', stars_one: '{{count}} star', stars_other: '{{count}} stars',
    ratingOf: '{{average}} out of 5 stars', histogramRow: '{{stars}}: {{count}}', writeReview: 'Write a review', reviewHint: 'You can review what you bought.', reviewSignIn: 'Sign in to write a review', reviewRating: 'Your rating', reviewTitle: 'In a few words', reviewBody: 'What did you like, what not?',
    reviewSend: 'Publish review', reviewThanks: 'Thank you! Your review is published.', moreReviews: 'More reviews', together: 'Often bought together', similar: 'You may also like', gone: 'This product is no longer here', goneHint: 'It may have been taken off, or the address is wrong.',
    ratingMissing: 'Choose from 1 to 5 stars.', titleMissing: 'Give your review a title.', bodyMissing: 'Write a sentence or two.',
  },
  cart: {
    title: 'Your cart', empty: 'Your cart is empty', emptyHint: 'Things you add wait here, on all your devices when you are signed in.', browse: 'Look around', remove: 'Remove', removeItem: 'Remove {{name}}', quantityOf: 'Quantity of {{name}}',
    subtotal: 'Subtotal', discount: 'Discount', shipping: 'Shipping', free: 'Free', tax: 'Tax', taxLater: 'Tax is added at checkout, by country.', total: 'Total', checkout: 'Checkout', view: 'View cart', continue: 'Keep shopping', accept: 'Accept new prices',
    problems_one: '{{count}} item needs your attention', problems_other: '{{count}} items need your attention', refused: 'That was not possible: {{message}}', changed: 'Your cart has changed: {{count}} items, {{total}}.', removed: '{{name}} was removed.', undo: 'Undo', only: 'Only {{count}} available.', variantGone: 'This item is no longer available',
    live: 'Always up to date in all your tabs', fixFirst: 'Please look at the marked items first.',
  },
  checkout: {
    title: 'Checkout', contact: 'Contact', email: 'E-mail', emailHint: 'Letters about your order go there.', haveAccount: 'Have an account?', signIn: 'Sign in', signedInAs: 'Signed in as {{email}}', address: 'Delivery address', saved: 'Your addresses', newAddress: 'Another address',
    fullName: 'Full name', line1: 'Street and number', line2: 'Flat, floor, company (optional)', city: 'Town', region: 'State or province (optional)', postalCode: 'Post code', country: 'Country', phone: 'Phone (optional)', phoneHint: 'Only for the carrier, if they cannot find you.',
    saveAddress: 'Keep this address in my account', payment: 'Payment', testMode: 'This shop is in test mode: choose a test card. Nothing is charged.', summary: 'Your order', pay: 'Pay {{amount}}', paying: 'Placing your order …', waiting: 'This takes a few seconds. Please stay on this page.', problemTitle: 'Please check these fields', problemCount_one: '{{count}} field needs your attention', problemCount_other: '{{count}} fields need your attention',
    required: 'Please fill in this field.', emailInvalid: 'This does not look like an e-mail address, for example name@example.com.', postalInvalid: 'Please check the post code.', tooLong: 'This is too long.', declinedTitle: 'Your payment was declined', declinedHint: 'Nothing was taken. Choose another card and try again.', priceChanged: 'A price has changed', priceChangedHint: 'Look at your cart, accept the new prices, then pay.', toCart: 'Back to the cart',
    providerUnavailable: 'Not available in this test shop.', terms: 'You can cancel until we ship.', edit: 'Change', summaryShow: 'Show order', noScript: 'Buying needs JavaScript. Please switch it on.', estimated: 'Estimated', perCountry: 'Shipping and tax for {{country}}', cards: { brand: 'Test card' },
  },
  order: {
    title: 'Order {{number}}', thanks: 'Thank you! Your order is placed.', confirmedTitle: 'Thank you, it is yours!', placedOn: 'Placed on {{date}}', next: 'What happens next', timeline: 'Timeline', items: 'Items', address: 'Goes to', payment: 'Payment', letter: 'Letters about it go to {{email}}.', cancel: 'Cancel order', cancelTitle: 'Cancel order {{number}}?', cancelText: 'The whole order is called off. What was paid goes back to your card.', cancelReason: 'Why? (optional)', cancelYes: 'Yes, cancel the order', cancelNo: 'Keep the order', cancelled: 'The order is cancelled.',
    notFound: 'We cannot show this order', notFoundHint: 'Orders are private. Open the link from your e-mail, or sign in with the account that ordered.', action: 'Your bank wants to confirm this payment', actionText: 'Confirm it within {{time}}, otherwise the order is called off.', actionButton: 'Continue to my bank', actionExpired: 'The time for the confirmation has run out.', live: 'This page updates by itself.', bookmark: 'Keep the address of this page: it opens your order without an account.',
    statuses: { PENDING: 'Being checked', CONFIRMED: 'Confirmed', SHIPPED: 'On its way', DELIVERED: 'Delivered', CANCELLED: 'Cancelled' },
    payments: { NONE: 'Not yet paid', ACTION_REQUIRED: 'Waiting for your bank', AUTHORISED: 'Set aside at your bank', CAPTURED: 'Paid', DECLINED: 'Declined', VOIDED: 'Set free again', PARTIALLY_REFUNDED: 'Partly refunded', REFUNDED: 'Refunded' },
    nexts: { ACTION: 'As soon as your bank agrees, we go on. Your things are set aside until then.', PENDING: 'We are checking stock and payment. This usually takes a few seconds.', CONFIRMED: 'We pack your things. This page tells when the parcel leaves.', SHIPPED: 'Your parcel is on its way: {{carrier}}, {{tracking}}.', DELIVERED: 'Your parcel has arrived. Enjoy!', CANCELLED: 'Nothing is owed. What was set aside or paid goes back to you.' },
    refunded: 'Refunded', statusChanged: 'The order is now: {{status}}', again: 'Back to the shop', declined: 'The bank declined the payment. Nothing was taken.', quantity: '{{count}} ×',
  },
  notices: {
    bell: 'Notifications', bellCount_one: 'Notifications, {{count}} unread', bellCount_other: 'Notifications, {{count}} unread', dismiss: 'Close', new: 'New', read: 'Mark as read', readOne: 'Mark as read: {{title}}', readAll: 'Mark all as read', more: 'Show older ones',
    none: 'Nothing to tell yet', noneHint: 'News about your orders and about what you watch arrive here.', preferences: 'What we tell you', toInbox: 'Back to the inbox', about: 'About', inbox: 'In the inbox', email: 'By e-mail', never: 'Never',
    quiet: 'Quiet hours', quietHint: 'Letters wait until they are over, and nothing pops up. What cannot wait still comes.', from: 'From', to: 'Until', timeZone: 'Time zone',
    backInStock: 'Tell me when it is back', backInStockOn: 'We tell you when it is back', backInStockSignIn: 'Sign in to be told when it is back', priceDrop: 'Tell me when it costs less', priceDropOn: 'We tell you when it costs less', priceDropSignIn: 'Sign in to be told when it costs less',
    kinds: { ORDER_CONFIRMED: 'Order confirmed', ORDER_SHIPPED: 'Order on its way', ORDER_DELIVERED: 'Order delivered', ORDER_CANCELLED: 'Order cancelled', ORDER_REFUNDED: 'Refund', PAYMENT_DECLINED: 'Payment declined', PAYMENT_ACTION_REQUIRED: 'Payment to be confirmed', BACK_IN_STOCK: 'Back in stock', PRICE_DROP: 'Price drop', LOW_STOCK: 'Low stock' },
  },
  account: {
    title: 'Your account', hello: 'Hello, {{name}}', signIn: 'Sign in', signUp: 'Create an account', signOut: 'Sign out', email: 'E-mail', password: 'Password', newPassword: 'New password', currentPassword: 'Current password', name: 'Your name', passwordHint: 'At least 8 characters.', show: 'Show password', hide: 'Hide password', forgotten: 'Forgot your password?', noAccount: 'New here?', hasAccount: 'Already have an account?', signInTitle: 'Welcome back', signUpTitle: 'Create your account', signUpText: 'See your orders, keep addresses, and find your cart on every device.',
    wait: 'Please try again in {{seconds}} s.', demo: 'To try it out: shopper@gomall.example with the password gomall-demo.', forgottenTitle: 'Set a new password', forgottenText: 'Tell us your e-mail address and we send you a link.', forgottenSend: 'Send the link', forgottenSent: 'If there is an account with this address, a letter is on its way. Look into your inbox.', resetTitle: 'Choose a new password', resetSave: 'Save password', resetDone: 'Your new password is set. Sign in with it.', verifyTitle: 'Your e-mail address', verifying: 'Checking …', verified: 'Your e-mail address is confirmed. Thank you!', tokenMissing: 'This link is incomplete. Open it once more from the letter.',
    orders: 'Orders', notifications: 'Notifications', profile: 'Profile', addresses: 'Addresses', sessions: 'Devices', security: 'Password', noOrders: 'No orders yet', noOrdersHint: 'What you buy while signed in appears here.', order: 'Order {{number}}', save: 'Save', saved: 'Saved.', language: 'Language', emailVerified: 'Confirmed', emailNotVerified: 'Not confirmed yet', sendVerification: 'Send the letter again', verificationSent: 'The letter is on its way.', addAddress: 'Add an address', editAddress: 'Change address', edit: 'Change', removeAddress: 'Remove', isDefault: 'Use by default', defaultAddress: 'Default', noAddresses: 'No addresses yet', noAddressesHint: 'Keep one, and checkout is filled in for you.', cancel: 'Cancel',
    sessionHere: 'This device', sessionUsed: 'Last used {{date}}', sessionSince: 'Signed in {{date}}', endSession: 'Sign out there', sessionsHint: 'Places where you are signed in. End what you do not know.', changePassword: 'Change password', passwordChanged: 'Your password is changed. All other devices are signed out.', needSignIn: 'Please sign in to see this', more: 'Show older orders', items_one: '{{count}} item', items_other: '{{count}} items', passwordMissing: 'Please enter your password.', passwordShort: 'At least 8 characters, please.', nameMissing: 'How may we call you?',
  },
  missing: { title: 'There is nothing at this address', text: 'It may have moved, or the address has a typing mistake. Search for it, or start from here:', home: 'To the start page' },
  building: 'The shop is being set up. This page reloads by itself in a moment; you can already read it.',
  countries: { preferred: ['US', 'CN', 'DE', 'GB', 'FR', 'JP', 'CA', 'AU', 'SG', 'HK'] },
};

export type Words = typeof en;
